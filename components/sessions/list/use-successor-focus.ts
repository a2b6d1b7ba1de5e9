"use client";

import { type RefObject, useEffect, useRef } from "react";

const AGAIN_MS = 50;
const ROW = "[data-session-row]";

/**
 * Call the answer before the row around `inside` is taken away: once it is gone, the focus that went with it moves to
 * the row in its place, else to the heading of the page. What that answers calls it off.
 */
export function useSuccessorFocus(inside: RefObject<HTMLElement | null>): () => () => void {
  const place = useRef(-1);
  useEffect(
    () => () => {
      if (place.current >= 0) focusRow(place.current);
    },
    [],
  );
  return () => {
    const row = inside.current?.closest(ROW);
    place.current = row ? [...document.querySelectorAll(ROW)].indexOf(row) : -1;
    return () => {
      place.current = -1;
    };
  };
}

// The menu that asked for it closes in its own time and takes the focus along; it is looked after until then.
function focusRow(index: number, tries = 60) {
  if (tries === 0) return;
  const isLost = !document.activeElement || document.activeElement === document.body;
  if (isLost) successor(index)?.focus();
  setTimeout(() => focusRow(index, tries - 1), AGAIN_MS);
}

function successor(index: number): HTMLElement | null {
  const rows = document.querySelectorAll(ROW);
  const link = (rows[index] ?? rows[rows.length - 1])?.querySelector("a");
  if (link) return link;
  const heading = document.querySelector<HTMLElement>("#content :is(h1, h2)");
  heading?.setAttribute("tabindex", "-1");
  return heading;
}
