"use client";

import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import type { FrameImage } from "@/components/ui/frame";
import { Picture } from "./picture";

/** A picture as large as its place allows, whole. */
export function PicturePane({ image, children }: { image: FrameImage | null; children?: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setBox({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={ref} className="relative min-h-0 min-w-0 flex-1">
      {image && box.width > 0 ? <Picture key={image.src} image={image} box={box} /> : null}
      {!image && (
        <div className="absolute inset-0 grid place-items-center p-6 text-center text-ink-2">{children}</div>
      )}
    </div>
  );
}
