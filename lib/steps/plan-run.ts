import { type Cells, isGood, isOpen, type WiredStep } from "./settle-chain";
import { needsOf } from "./wire-chain";

/** What a person asks to run; `place` is a step's, from 1. */
export type RunRequest = { kind: "all" } | { kind: "step" | "from"; place: number };

export type PlannedRun = {
  /** Places to be made, in order. Cells under way are left alone. */
  places: number[];
  /** Of them asked for anew although their result is up to date: the same one again is not wanted. */
  anew: number[];
};

/**
 * Which steps of one input run: what was asked for and is not under way, and whatever it needs that is missing,
 * failed or out of date. Nothing that is up to date runs unless it was named.
 */
export function planRun(steps: readonly WiredStep[], cells: Cells, request: RunRequest): PlannedRun {
  const named = namedBy(steps, request);
  const wanted =
    request.kind === "all" ? steps.flatMap((_, at) => (isLacking(cells[at]) ? [at + 1] : [])) : named;
  const places = new Set<number>();
  const visit = (place: number) => {
    const step = steps[place - 1];
    if (!step?.enabled || places.has(place)) return;
    places.add(place);
    for (const need of needsOf(step.fedBy)) if (isLacking(cells[need - 1])) visit(need);
  };
  for (const place of wanted) visit(place);
  const open = [...places].filter((place) => !isOpen(cells[place - 1])).sort((a, b) => a - b);
  return { places: open, anew: named.filter((place) => open.includes(place) && isGood(cells[place - 1])) };
}

function isLacking(cell: Cells[number] | undefined): boolean {
  return !isGood(cell) && !isOpen(cell);
}

function namedBy(steps: readonly WiredStep[], request: RunRequest): number[] {
  if (request.kind === "all" || !steps[request.place - 1]?.enabled) return [];
  return request.kind === "step" ? [request.place] : [request.place, ...followersOf(steps, request.place)];
}

/** Places of the enabled steps that a step feeds, directly or through others, in order. */
function followersOf(steps: readonly WiredStep[], place: number): number[] {
  const fed = new Set([place]);
  for (const [at, { enabled, fedBy }] of steps.entries()) {
    if (enabled && fedBy.some((from) => fed.has(from))) fed.add(at + 1);
  }
  fed.delete(place);
  return [...fed];
}
