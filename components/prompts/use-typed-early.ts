"use client";

import { type RefObject, useEffect, useEffectEvent } from "react";

/** Words an empty field shows and no event told of: what the browser put back by itself after a reload, say. */
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
