"use client";

import { useRouter } from "next/navigation";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { InputRow } from "@/lib/inputs/wire";
import type { SessionView } from "@/lib/sessions/wire";
import type { SheetRow } from "./chain-rows";
import { adoptView, type FeedState, tileOf } from "./feed-state";
import { wantsDoneNotice } from "./notice-permission";
import { type SessionFeed, startFeed } from "./session-feed";
import { createSessionStore, type SessionStore } from "./session-store";

export type LiveSession = {
  store: SessionStore;
  poke: () => void;
  /** Whether news are asked for by themselves. */
  updates: boolean;
  setUpdates: (on: boolean) => void;
};

/**
 * The live state of a session: a store to read with `useFeed`, `useTile` and `useInput`, and `poke` to ask the
 * server at once after changing something. Polling stops while the tab is hidden, unless the person wants to be told of the end.
 */
export function useSessionFeed(view: SessionView): LiveSession {
  // biome-ignore lint/correctness/useExhaustiveDependencies: one store a session; newer views are adopted below
  const store = useMemo(() => createSessionStore(view), [view.id]);
  const [feed, setFeed] = useState<SessionFeed | null>(null);
  const [updates, setUpdates] = useState(true);
  const paused = useRef(false);
  const router = useRouter();
  useEffect(() => store.set((state) => adoptView(state, view)), [store, view]);
  useEffect(() => {
    const started = startFeed(store, {
      isHidden: () => document.hidden,
      watches: wantsDoneNotice,
      isPaused: () => paused.current,
    });
    const wake = () => {
      if (!document.hidden && !paused.current) started.poke();
    };
    setFeed(started);
    started.poke();
    document.addEventListener("visibilitychange", wake);
    window.addEventListener("focus", wake);
    window.addEventListener("online", wake);
    return () => {
      started.stop();
      document.removeEventListener("visibilitychange", wake);
      window.removeEventListener("focus", wake);
      window.removeEventListener("online", wake);
    };
  }, [store]);
  // Started in another tab: the server shows the other screen now.
  const isDraft = useFeed(store, (state) => state.pulse.state === "draft");
  useEffect(() => {
    if (isDraft !== (view.state === "draft")) router.refresh();
  }, [isDraft, view.state, router]);
  return useMemo(
    () => ({
      store,
      poke: () => feed?.poke(),
      updates,
      setUpdates: (on) => {
        paused.current = !on;
        setUpdates(on);
        if (on) feed?.poke();
      },
    }),
    [store, feed, updates],
  );
}

/** A part of the state. `select` must return the same value for the same state (no new objects). */
export function useFeed<T>(store: SessionStore, select: (state: FeedState) => T): T {
  const read = () => select(store.get());
  return useSyncExternalStore(store.subscribe, read, read);
}

export function useTile(store: SessionStore, id: string, place: number | null): SheetRow | undefined {
  return useFeed(store, (state) => tileOf(state, id, place));
}

export function useInput(store: SessionStore, id: string): InputRow | undefined {
  return useFeed(store, (state) => state.inputs.get(id));
}

/** What the counts of the session count: an image is made in several results where there are several steps. */
export function useUnit(store: SessionStore): "image" | "result" {
  return useFeed(store, (state) => (state.chains ? "result" : "image"));
}
