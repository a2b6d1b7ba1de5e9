"use client";

import { useLayoutEffect, useRef, useState } from "react";

/** Width of an element in CSS pixels and its distance from the top of the page; 0 until it is laid out. */
export function useBox<T extends HTMLElement>() {
  const ref = useRef<T>(null);
  const [box, setBox] = useState({ width: 0, top: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const rect = element.getBoundingClientRect();
      const width = element.clientWidth;
      const top = Math.round(rect.top + window.scrollY);
      setBox((before) => (before.width === width && before.top === top ? before : { width, top }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // What stands above may grow or go, a banner say.
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  return { ref, ...box };
}
