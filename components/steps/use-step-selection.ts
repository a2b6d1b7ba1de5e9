"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { ChainFrame } from "./chain-frames";
import { focusFrame, ORIGINAL_ID } from "./chain-strip";
import { isNarrow } from "./is-narrow";
import { PANEL_ID } from "./serial-layout";

export type StepSelection = {
  /** A step's, or ORIGINAL_ID. */
  selectedId: string;
  /** Null while the original is selected. */
  frame: ChainFrame | null;
  select: (id: string) => void;
  /** Selects a step and puts the caret into its prompt. */
  write: (id: string) => void;
  promptField: React.RefObject<HTMLTextAreaElement | null>;
};

/** Which step is looked at. A step that goes hands on to the first. */
export function useStepSelection(frames: readonly ChainFrame[], start: () => string | null): StepSelection {
  const [wanted, setWanted] = useState(() => start() ?? frames[0]?.step.id ?? ORIGINAL_ID);
  const [writing, setWriting] = useState<{ id: string } | null>(null);
  const promptField = useRef<HTMLTextAreaElement>(null);
  const found = frames.find(({ step }) => step.id === wanted) ?? null;
  const frame = wanted === ORIGINAL_ID ? null : (found ?? frames[0] ?? null);
  useEffect(() => {
    if (writing) promptField.current?.focus();
  }, [writing]);
  const select = useCallback((id: string) => {
    setWanted(id);
    // On a phone the panel is below the list.
    if (isNarrow()) {
      requestAnimationFrame(() => document.getElementById(PANEL_ID)?.scrollIntoView({ block: "start" }));
    }
  }, []);
  const write = useCallback((id: string) => {
    setWanted(id);
    setWriting({ id });
  }, []);
  return { selectedId: frame?.step.id ?? ORIGINAL_ID, frame, select, write, promptField };
}

/** Focuses the frame that is selected when the page opens, where one came from New. */
export function useFocusOnArrival(stepId: string | null, onDone: () => void) {
  useEffect(() => {
    if (!stepId) return;
    focusFrame(stepId);
    onDone();
  }, [stepId, onDone]);
}
