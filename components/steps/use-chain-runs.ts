"use client";

import { useCallback, useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { type LiveSession, useFeed } from "@/components/sessions/use-session-feed";
import { useToast } from "@/components/ui/toast";
import { runChainAction } from "@/lib/steps/actions";
import type { ChainRun } from "@/lib/steps/types";
import type { ChainKeeper } from "./chain-keeper";

export type ChainRuns = {
  run: (run: ChainRun) => Promise<void>;
  /** The one that was pressed and is not answered yet. */
  pending: ChainRun | null;
  /** Why it can't run now, in words; null when it can. */
  off: (run: ChainRun) => string | null;
};

/** Runs of a chain. What is not saved yet is saved before. `troubleOf`: what speaks against one. */
export function useChainRuns(
  keeper: ChainKeeper,
  live: LiveSession,
  troubleOf: (run: ChainRun) => string | null,
): ChainRuns {
  const toast = useToast();
  const [pending, setPending] = useState<ChainRun | null>(null);
  const connection = useFeed(live.store, (feed) => feed.connection);
  const { poke, store } = live;
  const run = useCallback(
    async (asked: ChainRun) => {
      setPending(asked);
      const words = await startRun(keeper, store.sessionId, asked);
      if (words) toast.show(words);
      poke();
      setPending(null);
    },
    [keeper, store, poke, toast],
  );
  const away = connection === "live" ? null : AWAY;
  return { run, pending, off: (asked) => away ?? troubleOf(asked) };
}

const AWAY = "No connection: edits are kept here, runs wait for the server.";
const UNSAVED = "Not started: the chain could not be saved first. Your edits are in this tab.";

/** Null when it runs. */
async function startRun(keeper: ChainKeeper, sessionId: string, run: ChainRun) {
  if (!(await keeper.flush())) return { tone: "error", text: keeper.get().conflict ?? UNSAVED } as const;
  const answer = await answered(runChainAction({ sessionId, run }));
  if (!answer.ok) return { tone: "error", text: answer.words } as const;
  return answer.value.queued === 0 ? { text: "Everything is up to date; nothing was run." } : null;
}
