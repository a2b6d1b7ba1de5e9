"use client";

import { unstable_isUnrecognizedActionError as isOfOldPage } from "next/navigation";
import { useMemo } from "react";
import type { LiveSession } from "@/components/sessions/use-session-feed";
import { useToast } from "@/components/ui/toast";
import { chooseAttemptAction, regenerateItemsAction, retryItemsAction } from "@/lib/items/actions";
import type { Result } from "@/lib/result";
import { runChainAction } from "@/lib/steps/actions";
import type { ChainRun } from "@/lib/steps/types";
import { plural } from "@/lib/words";

export type ItemActions = {
  /** True when it was done. A refusal has been told by then. */
  retry: (itemIds: string[] | "failed", prompt?: string) => Promise<boolean>;
  regenerate: (itemIds: string[], prompt?: string) => Promise<boolean>;
  choose: (itemId: string, attemptId: string) => Promise<boolean>;
  /** Runs steps of a chain, for all its images or some. */
  run: (run: ChainRun, inputIds?: string[]) => Promise<boolean>;
  /** Runs the step at a place, and all it feeds with `from`, for some images. */
  runPlace: (place: number | null, inputIds: string[], kind?: "step" | "from") => Promise<boolean>;
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
    async function run(asked: ChainRun, inputIds?: string[]) {
      const result = await answered(runChainAction({ sessionId, run: asked, inputIds }));
      return settle(result, ({ queued }) =>
        queued === 0 ? "Everything is up to date; nothing was run." : `${plural(queued, "result")} in line.`,
      );
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
      run,
      async runPlace(place, inputIds, kind = "step") {
        const step = store.get().chain.steps[(place ?? 0) - 1];
        return step !== undefined && run({ kind, stepId: step.id }, inputIds);
      },
    };
  }, [store, sessionId, poke, toast]);
}

/** An action that never reached the server, or one that does not know it any more, is told like a refusal. */
export async function answered<T>(asked: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await asked;
  } catch (error) {
    return { ok: false, reason: "offline", words: isOfOldPage(error) ? OLD_PAGE : OFFLINE };
  }
}

const OFFLINE = "The server does not answer. Nothing was changed. Try again.";
const OLD_PAGE =
  "Contact Sheet was updated while this page was open. Nothing was changed, and what you typed is still here. Copy what you need, then reload the page.";
