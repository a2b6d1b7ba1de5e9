"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { useToast } from "@/components/ui/toast";
import { randomId } from "@/components/uploads/random-id";
import { startFromRecipeAction } from "@/lib/recipes/actions";
import type { RecipeSource } from "@/lib/recipes/types";
import type { Result } from "@/lib/result";
import { duplicateSessionAction, startFromSessionAction } from "@/lib/sessions/actions";

export type Kind = "bulk" | "serial";

/** Starts that end on the page of a new draft. `pending`: one is on its way, others wait. */
export function useStart() {
  const router = useRouter();
  const toast = useToast();
  const [pending, setPending] = useState(false);

  async function go(asked: Promise<Result<{ id: string; notes?: string[] }>>) {
    setPending(true);
    const result = await answered(asked);
    if (!result.ok) {
      setPending(false);
      toast.show({ tone: "error", text: result.words });
      return;
    }
    for (const text of result.value.notes ?? []) toast.show({ text });
    router.push(`/sessions/${result.value.id}`);
  }
  return {
    pending,
    fromRecipe: (from: RecipeSource, kind: Kind) =>
      go(startFromRecipeAction({ intent: randomId(), from, kind })),
    /** Its steps and settings, without its images. */
    fromSession: (sessionId: string, kind: Kind) =>
      go(startFromSessionAction({ intent: randomId(), sessionId, kind })),
    /** With its images. */
    copy: (sessionId: string) => go(duplicateSessionAction({ sessionId })),
  };
}
