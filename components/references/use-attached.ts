"use client";

import { useEffect, useEffectEvent, useMemo, useSyncExternalStore } from "react";
import { useReferenceUploads } from "@/components/uploads/use-uploads";
import {
  type AttachedState,
  type AttachedStore,
  type AttachedToInput,
  attachedOf,
  NOTHING_ATTACHED,
} from "./attached-store";

/** References and masks of a session as they are now. `useKeptAttached` keeps them so. */
export function useAttached(sessionId: string): { store: AttachedStore; state: AttachedState } {
  const store = useMemo(() => attachedOf(sessionId), [sessionId]);
  const state = useSyncExternalStore(store.subscribe, store.get, () => NOTHING_ATTACHED);
  return { store, state };
}

/** What goes along with one input; renders only when that changes. */
export function useAttachedTo(sessionId: string, inputId: string): AttachedToInput | undefined {
  const store = useMemo(() => attachedOf(sessionId), [sessionId]);
  const read = () => store.get().byInput.get(inputId);
  return useSyncExternalStore(store.subscribe, read, () => undefined);
}

/**
 * Loads what is attached now, when the page comes back into view, and when a file of this tab has arrived. `onNews`:
 * something is attached or gone.
 */
export function useKeptAttached(sessionId: string, onNews: () => void) {
  const store = useMemo(() => attachedOf(sessionId), [sessionId]);
  const { sent, total } = useReferenceUploads(sessionId).state.summary;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the numbers are what it waits for
  useEffect(() => void store.load(), [store, sent, total]);
  const tell = useEffectEvent(onNews);
  useEffect(() => {
    const stop = store.subscribe(() => tell());
    return () => void stop();
  }, [store]);
  useEffect(() => {
    const wake = () => {
      if (!document.hidden) void store.load();
    };
    document.addEventListener("visibilitychange", wake);
    window.addEventListener("focus", wake);
    return () => {
      document.removeEventListener("visibilitychange", wake);
      window.removeEventListener("focus", wake);
    };
  }, [store]);
}
