import { MAX_PROMPT_CHARS } from "@/lib/prompts/constants";
import type { ImageModel, PlanNote, PlanRequest } from "../types";
import { WHAT_STUDIO_DOES } from "./constants";
import { describeOp } from "./describe-op";
import { readPrompt } from "./grammar/read-prompt";

/**
 * The built-in model: real edits on real pixels, no key, no network, no cost. This file is loaded by the web process
 * too, so everything that decodes pixels is loaded by the first `make` and never by `plan`.
 */
export const studioModel: ImageModel = {
  id: "studio",
  label: "Studio (built in)",
  connection: "studio",
  isolated: true,
  capabilities: {
    edits: true,
    textToImage: false,
    seed: false,
    mask: false,
    maxPromptChars: MAX_PROMPT_CHARS,
    maxInputs: 1,
    pricePerImage: 0,
  },
  plan: planNotes,
  async make(request, { signal }) {
    const { makeStudioImage } = await import("./make");
    return makeStudioImage(request, signal);
  },
};

function planNotes({ prompt, output }: PlanRequest): PlanNote[] {
  const plan = readPrompt(prompt);
  const notes: PlanNote[] = plan.ops.map((op) => ({ kind: "step", text: describeOp(op) }));
  for (const { text, hint } of plan.unknown) notes.push({ kind: "unknown", text, hint });
  for (const text of plan.warnings) notes.push({ kind: "warning", text });
  if (plan.ops.length === 0 && plan.unknown.length === 0 && prompt.trim() !== "") {
    notes.push({ kind: "unknown", text: prompt.trim().slice(0, 80), hint: WHAT_STUDIO_DOES });
  }
  const last = plan.ops.findLast(({ op }) => op === "background");
  if (last?.op === "background" && last.backdrop.kind === "transparent" && output.format === "jpeg") {
    notes.push({ kind: "warning", text: "JPEG has no transparency: choose PNG or WebP to keep it." });
  }
  return notes;
}
