"use client";

import { useEffect, useMemo, useState } from "react";
import type { PlanNote } from "@/lib/models/types";

type Reader = typeof import("@/components/prompts/read-plan");

export type Plan = {
  notes: readonly PlanNote[];
  /** Nothing speaks against it: other models read prompts themselves. */
  understood: boolean;
};

const UNREAD: Plan = { notes: [], understood: true };

/** How the built-in model reads a prompt, while one types. Its grammar is loaded for those who use it only. */
export function usePlan(prompt: string, { builtIn }: { builtIn: boolean }): Plan {
  const [reader, setReader] = useState<Reader | null>(null);
  useEffect(() => {
    if (!builtIn) return;
    // Without it the prompt stands unread, and the run says of each image what was not understood.
    import("@/components/prompts/read-plan").then(setReader, () => {});
  }, [builtIn]);
  return useMemo(() => {
    if (!builtIn || !reader || prompt.trim() === "") return UNREAD;
    const notes = reader.readPlan(prompt);
    return { notes, understood: reader.isUnderstood(notes) };
  }, [builtIn, reader, prompt]);
}
