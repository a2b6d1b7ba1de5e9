import type { Subject } from "./subject/types";

/** Sides of the frame that cut the subject off: moved away from them, it would end in a straight line in mid-air. */
export type HeldSides = Subject["touches"];

export const HELD_NOWHERE: HeldSides = { top: false, right: false, bottom: false, left: false };

/**
 * How much of the free room goes before the picture (left of it, above it): none where that side holds the subject,
 * all where the other one does, half where neither or both do.
 */
export function roomBefore(room: number, holdsStart: boolean, holdsEnd: boolean): number {
  if (holdsStart === holdsEnd) return Math.floor(room / 2);
  return holdsStart ? 0 : room;
}
