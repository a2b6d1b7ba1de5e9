import { plural } from "@/lib/words";

export type StartFacts = {
  /** Images that are ready. */
  ready: number;
  /** Images that are uploaded, looked at or registered by this tab right now. */
  coming: number;
  /** Rows whose bytes nobody is sending. */
  missing: number;
  promptEmpty: boolean;
  /** Ready images that have their own prompt. */
  custom: number;
  /** The model made something of the prompt, or reads prompts by itself. */
  understood: boolean;
  /** The chosen model or the way to it is not there any more. */
  modelGone?: boolean;
};

export type Readiness =
  | { kind: "ready"; words: string | null }
  /** Could start by itself once the uploads are through. */
  | { kind: "coming"; words: string }
  | { kind: "blocked"; words: string };

/** Whether a session may start, and the reason in words where it may not. */
export function startReadiness(facts: StartFacts): Readiness {
  const { ready, coming, missing, promptEmpty, custom, understood, modelGone = false } = facts;
  if (ready + coming === 0) {
    return {
      kind: "blocked",
      words: missing > 0 ? "Choose the missing files again." : "Add images to start.",
    };
  }
  if (modelGone) return { kind: "blocked", words: "Choose a model to start." };
  if (promptEmpty && custom === 0) return { kind: "blocked", words: "Write a prompt to start." };
  if (coming > 0) return { kind: "coming", words: `${plural(coming, "image")} still on the way.` };
  if (missing > 0) {
    return { kind: "ready", words: `${plural(missing, "file")} never arrived and will be left out.` };
  }
  if (promptEmpty) {
    const without = ready - custom;
    const words = without > 0 ? `${plural(without, "image")} have no prompt and will fail.` : null;
    return { kind: "ready", words };
  }
  if (!understood) {
    const lost = ready - custom;
    const words = `The model finds nothing to do in this prompt. ${plural(lost, "image")} will fail.`;
    return { kind: "ready", words: lost > 0 ? words : null };
  }
  return { kind: "ready", words: null };
}
