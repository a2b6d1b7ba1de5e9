"use client";

import { useMemo } from "react";
import type { LiveSession } from "@/components/sessions/use-session-feed";
import { useToast } from "@/components/ui/toast";
import { chooseAttemptAction, regenerateItemsAction, retryItemsAction } from "@/lib/items/actions";
import type { Result } from "@/lib/result";
import { plural } from "@/lib/words";

export type ItemActions = {
  /** True when it was done. A refusal has been told by then. */
  retry: (itemIds: string[] | "failed", prompt?: string) => Promise<boolean>;
  regenerate: (itemIds: string[], prompt?: string) => Promise<boolean>;
  choose: (itemId: string, attemptId: string) => Promise<boolean>;
};

export function useItemActions({ store, poke }: LiveSession): ItemActions {
  const toast = useToast();
  const { sessionId } = store;
  return useMemo(() => {
    function settle<T>(result: Result<T>, words: (value: T) => string | null): boolean {
      const text = result.ok ? words(result.value) : result.words;
      if (text) toast.show({ text, tone: result.ok ? "plain" : "error" });
      poke();
      return result.ok;
    }
    return {
      async retry(itemIds, prompt) {
        const result = await answered(retryItemsAction({ sessionId, itemIds, prompt }));
        return settle(result, ({ changed }) => `${plural(changed, "image")} in line again.`);
      },
      async regenerate(itemIds, prompt) {
        const result = await answered(regenerateItemsAction({ sessionId, itemIds, prompt }));
        return settle(
          result,
          ({ changed }) => `Another attempt for ${plural(changed, "image")}. The present ones are kept.`,
        );
      },
      async choose(itemId, attemptId) {
        return settle(await answered(chooseAttemptAction({ itemId, attemptId })), () => null);
      },
    };
  }, [sessionId, poke, toast]);
}

/** An action that never reached the server is told like a refusal. */
export async function answered<T>(asked: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await asked;
  } catch {
    return {
      ok: false,
      reason: "offline",
      words: "The server does not answer. Nothing was changed. Try again.",
    };
  }
}
