"use client";

import { useRouter } from "next/navigation";
import { startSessionAction } from "@/lib/sessions/actions";
import type { DraftKeeper } from "./draft-keeper";

/** Saves the draft and starts it; resolves to null when it started, else to words. Then the page shows results. */
export function useStart({ keeper, leaveOut }: { keeper: DraftKeeper; leaveOut: boolean }) {
  const router = useRouter();
  return async (): Promise<string | null> => {
    if (!(await keeper.flush()))
      return "Not started: the draft could not be saved first. Your text is in this tab.";
    const { sessionId } = keeper.get();
    if (!sessionId) return "Add images to start.";
    try {
      const answer = await startSessionAction({ sessionId, leaveOut });
      if (!answer.ok) return answer.words;
      router.refresh();
      return null;
    } catch {
      return "The server can't be reached. Nothing was started; try again.";
    }
  };
}
