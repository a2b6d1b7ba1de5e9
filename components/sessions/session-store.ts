import type { SessionView } from "@/lib/sessions/wire";
import { type FeedState, initialState } from "./feed-state";

/** State outside React, so that a change of one tile renders that tile alone. */
export type SessionStore = {
  sessionId: string;
  get(): FeedState;
  set(change: (state: FeedState) => FeedState): void;
  subscribe(listener: () => void): () => void;
};

export function createSessionStore(view: SessionView, now = Date.now()): SessionStore {
  let state = initialState(view, now);
  const listeners = new Set<() => void>();
  return {
    sessionId: view.id,
    get: () => state,
    set(change) {
      const next = change(state);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
