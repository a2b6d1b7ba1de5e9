import { MAX_PROMPT_CHARS } from "@/lib/prompts/constants";
import type { ImageModel, PlanNote, PlanRequest } from "../types";
import { describePlan } from "./grammar/describe-plan";
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
    negativePrompt: false,
    steps: false,
    mask: false,
    maxPromptChars: MAX_PROMPT_CHARS,
    maxInputs: 1,
    paid: false,
    qualities: [],
    sizes: { kind: "output" },
    backgrounds: [],
    moderation: false,
    complexity: false,
    formats: ["png", "jpeg", "webp"],
    economy: false,
  },
  plan: planNotes,
  price: () => ({ min: 0, max: 0 }),
  async make(request, { signal }) {
    const { makeStudioImage } = await import("./make");
    return makeStudioImage(request, signal);
  },
};

function planNotes({ prompt, output }: PlanRequest): PlanNote[] {
  const plan = readPrompt(prompt);
  const notes = describePlan(plan);
  const clear = plan.ops.findLast(({ op }) => op === "background");
  if (clear?.op === "background" && clear.backdrop.kind === "transparent" && output.format === "jpeg") {
    notes.push({ kind: "warning", text: "JPEG has no transparency: choose PNG or WebP to keep it" });
  }
  return notes;
}
