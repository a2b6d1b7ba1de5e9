"use client";

import { Images, SquareDashed } from "lucide-react";
import { plural } from "@/lib/words";
import { useAttachedTo } from "./use-attached";

type AttachedMarksProps = {
  sessionId: string;
  inputId: string;
  /** Spelled out, where there is room. */
  words?: boolean;
};

/** That an image has a mask or references of its own; nothing where it has none. */
export function AttachedMarks({ sessionId, inputId, words = false }: AttachedMarksProps) {
  const attached = useAttachedTo(sessionId, inputId);
  if (!attached) return null;
  const { mask, references } = attached;
  const hide = words ? undefined : "sr-only";
  return (
    <span className="mr-1 flex items-center gap-1.5 text-ink-2 text-pill [&_svg]:size-3.5">
      {mask && (
        <span className="flex items-center gap-1">
          <SquareDashed aria-hidden />
          <span className={hide}>Mask</span>
        </span>
      )}
      {references > 0 && (
        <span className="flex items-center gap-1">
          <Images aria-hidden />
          {words ? plural(references, "reference") : references}
          <span className="sr-only">{words ? "" : " references"}</span>
        </span>
      )}
    </span>
  );
}
