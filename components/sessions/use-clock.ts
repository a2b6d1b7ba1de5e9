"use client";

import { useSyncExternalStore } from "react";
import type { SessionStore } from "./session-store";
import { useFeed } from "./use-session-feed";

// One timer for the whole page; it stands still while nobody listens.
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

function tick() {
  now = Date.now();
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  if (listeners.size === 0) {
    timer = setInterval(tick, 1_000);
    now = Date.now();
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

const never = () => () => {};

/** The time, ms, once a second while `ticking`. */
export function useNow(ticking: boolean): number {
  return useSyncExternalStore(ticking ? listen : never, () => now, serverNow);
}

/** The server's time, ms, once a second while `ticking`. */
export function useServerNow(store: SessionStore, ticking: boolean): number {
  return useNow(ticking) + useFeed(store, (state) => state.clockOffsetMs);
}

function serverNow(): number {
  return now;
}

/** False in the first render, which must equal the server's: it knows neither time zone nor storage of a browser. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
