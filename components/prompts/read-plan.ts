import { describePlan } from "@/lib/models/studio/grammar/describe-plan";
import { readPrompt } from "@/lib/models/studio/grammar/read-prompt";
import type { PlanNote } from "@/lib/models/types";

/** What the built-in model makes of a prompt. Runs in the browser, while one types. */
export function readPlan(prompt: string): PlanNote[] {
  return prompt.trim() === "" ? [] : describePlan(readPrompt(prompt));
}

/** Whether anything would be done. */
export function isUnderstood(notes: readonly PlanNote[]): boolean {
  return notes.some(({ kind }) => kind === "step");
}
