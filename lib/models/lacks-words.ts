import type { Capabilities } from "./types";

/** One line on what people look for and this model does not have; null when it has all of it. */
export function lacksWords({ seed, negativePrompt, steps }: Capabilities): string | null {
  const lacks = [
    ...(seed ? [] : ["no seed"]),
    ...(negativePrompt ? [] : ["no negative prompt"]),
    ...(steps ? [] : ["no number of steps"]),
  ];
  const last = lacks.pop();
  if (!last) return null;
  return `This model takes ${lacks.length > 0 ? `${lacks.join(", ")} and ` : ""}${last}.`;
}
