/** Where one is in the earlier prompts; -1: at one's own text, which is `own`. */
export type HistoryPlace = { at: number; own: string };

export const AT_OWN_TEXT: HistoryPlace = { at: -1, own: "" };

/**
 * One step to an earlier (1) or later (-1) prompt. Only from an empty field or from what a step before put there, so
 * that nothing typed is lost; null: nothing happens.
 */
export function stepInHistory(given: {
  prompts: readonly string[];
  place: HistoryPlace;
  /** What the field holds now. */
  text: string;
  by: 1 | -1;
}): { place: HistoryPlace; text: string } | null {
  const { prompts, text, by } = given;
  const untouched = given.place.at >= 0 && prompts[given.place.at] === text;
  const place = untouched ? given.place : AT_OWN_TEXT;
  if (!untouched && text.trim() !== "") return null;
  const at = place.at + by;
  if (at < -1 || at >= prompts.length) return null;
  const own = untouched ? place.own : text;
  return { place: { at, own }, text: at === -1 ? own : (prompts[at] ?? "") };
}
