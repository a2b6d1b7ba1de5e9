"use client";

import { useEffect, useSyncExternalStore } from "react";

export type RunSummary = {
  /** Sessions that run now. */
  running: number;
  done: number;
  total: number;
  sessionId: string | null;
  name: string | null;
};

const ASK_AGAIN_MS = 5_000;

const listeners = new Set<() => void>();
let latest: RunSummary | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** What runs now, the same for everything on the page. Asks again while something runs and the tab is seen. */
export function useRunning(initial: RunSummary): RunSummary {
  useEffect(() => {
    // A page rendered again by the server knows better than what was asked before it.
    tell(initial);
  }, [initial]);
  return useSyncExternalStore(
    listen,
    () => latest ?? initial,
    () => initial,
  );
}

/** Asks at once: a run has just begun or ended. */
export async function askRunning() {
  clearTimeout(timer);
  const next = document.hidden ? null : await fetchRunning();
  if (listeners.size === 0) return;
  if (next) tell(next);
  else askLater();
}

function listen(listener: () => void) {
  listeners.add(listener);
  document.addEventListener("visibilitychange", onSeen);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener("visibilitychange", onSeen);
    clearTimeout(timer);
    latest = null;
  };
}

function onSeen() {
  if (!document.hidden) void askRunning();
}

function tell(next: RunSummary) {
  latest = next;
  for (const listener of listeners) listener();
  askLater();
}

function askLater() {
  clearTimeout(timer);
  if (latest && latest.running > 0) timer = setTimeout(() => void askRunning(), ASK_AGAIN_MS);
}

async function fetchRunning(): Promise<RunSummary | null> {
  try {
    const answer = await fetch("/api/running");
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
