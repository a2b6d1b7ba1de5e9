"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { type LiveSession, useFeed } from "@/components/sessions/use-session-feed";
import { useToast } from "@/components/ui/toast";
import { randomId } from "@/components/uploads/random-id";
import { ok, refused } from "@/lib/result";
import { createSessionAction, renameSessionAction } from "@/lib/sessions/actions";
import type { SessionView } from "@/lib/sessions/wire";
import { saveChainAction } from "@/lib/steps/actions";
import type { ChainAnswer } from "@/lib/steps/types";
import { type Chain, type ChainActions, ChainKeeper, type KeptChain } from "./chain-keeper";
import { leaveChain, takeChain } from "./unsaved-chain";

const ACTIONS: ChainActions = {
  create: ({ intent, name, settings, steps }) =>
    createSessionAction({ intent, kind: "serial", name, settings, steps: [...steps] }),
  save: saveChainAction,
  rename: renameSessionAction,
  async read(sessionId) {
    const response = await fetch(`/api/sessions/${sessionId}/chain`);
    if (!response.ok) return refused("away", "The chain could not be read. Try again.");
    const answer: ChainAnswer = await response.json();
    return ok(answer);
  },
};

/** A chain that has no session yet. */
export function useNewChain(start: () => Chain): { keeper: ChainKeeper; chain: KeptChain } {
  const [keeper] = useState(
    () => new ChainKeeper({ ...start(), sessionId: null, chainVersion: 0, intent: randomId() }, ACTIONS),
  );
  return { keeper, chain: useSyncExternalStore(keeper.subscribe, keeper.get, keeper.get) };
}

/** The chain of a session: saved as it changes, and followed while another tab changes it. */
export function useChain(view: SessionView, live: LiveSession): { keeper: ChainKeeper; chain: KeptChain } {
  const [keeper] = useState(() => {
    const { id: sessionId, name, settings, steps, chainVersion } = view;
    return new ChainKeeper({ sessionId, name, settings, steps, chainVersion, intent: randomId() }, ACTIONS);
  });
  const chain = useSyncExternalStore(keeper.subscribe, keeper.get, keeper.get);
  useEffect(() => keepSaved(keeper, view.id), [keeper, view.id]);
  useEffect(() => keeper.adoptSettings(view.settings), [keeper, view.settings]);
  useFollow(keeper, live);
  const savedAt = chain.save.kind === "saved" ? chain.save.at : null;
  useEffect(() => {
    // What is out of date now, the server knows.
    if (savedAt) live.poke();
  }, [savedAt, live]);
  return { keeper, chain };
}

function useFollow(keeper: ChainKeeper, live: LiveSession) {
  const toast = useToast();
  const version = useFeed(live.store, (feed) => feed.pulse.chainVersion);
  useEffect(() => {
    void keeper.follow(version).then((followed) => {
      if (followed) toast.show({ text: "The steps were changed meanwhile. This is how they are now." });
    });
  }, [keeper, version, toast]);
}

/** Saves when the page is left, and takes over what the page before could not save. Answers how to stop. */
function keepSaved(keeper: ChainKeeper, sessionId: string): () => void {
  const left = takeChain(sessionId);
  if (left) keeper.takeOver(left);
  const save = () => {
    if (document.hidden) void keeper.flush();
  };
  const leave = () => leaveChain(sessionId, keeper.unsaved());
  document.addEventListener("visibilitychange", save);
  window.addEventListener("pagehide", leave);
  return () => {
    document.removeEventListener("visibilitychange", save);
    window.removeEventListener("pagehide", leave);
    void keeper.flush();
  };
}
