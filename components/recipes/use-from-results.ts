"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { useToast } from "@/components/ui/toast";
import { randomId } from "@/components/uploads/random-id";
import { startFromResultsAction } from "@/lib/sessions/actions";
import type { ResultSet } from "@/lib/sessions/types";

/** Opens a draft whose images are results of a session. */
export function useFromResults(sessionId: string) {
  const router = useRouter();
  const toast = useToast();
  const [pending, setPending] = useState(false);
  async function start(results: ResultSet) {
    setPending(true);
    const result = await answered(startFromResultsAction({ sessionId, intent: randomId(), results }));
    if (result.ok) return router.push(`/sessions/${result.value.id}`);
    setPending(false);
    toast.show({ tone: "error", text: result.words });
  }
  return { pending, start };
}
