"use client";

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

/** A small choice kept in this browser. Falls back to `initial` where storage is closed or holds something else. */
export function usePreference<T extends string>(
  key: string,
  { initial, choices }: { initial: T; choices: readonly T[] },
): [T, (next: T) => void] {
  const read = () => choices.find((choice) => choice === readPreference(key)) ?? initial;
  const value = useSyncExternalStore(subscribe, read, () => initial);
  const set = (next: T) => {
    try {
      localStorage.setItem(key, next);
    } catch {
      memory.set(key, next);
    }
    for (const listener of listeners) listener();
  };
  return [value, set];
}

const memory = new Map<string, string>();

/** What this browser keeps under the key; null: nothing. */
export function readPreference(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return memory.get(key) ?? null;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
