"use client";

import { type RefObject, useEffect, useEffectEvent } from "react";

/**
 * What was typed into an empty field before the page's code was there: the browser shows it, and nobody else has heard
 * of it.
 */
export function useTypedEarly(
  field: RefObject<HTMLTextAreaElement | null>,
  value: string,
  onTyped: (text: string) => void,
): void {
  const tell = useEffectEvent(() => {
    const there = field.current?.value;
    if (there && there !== value) onTyped(there);
  });
  useEffect(() => tell(), []);
}
