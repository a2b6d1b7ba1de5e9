"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import type { LiveSession } from "@/components/sessions/use-session-feed";
import type { UploadState } from "@/components/uploads/upload-store";

const AT_MOST_EVERY_MS = 500;

/** Asks the server for news when this tab registered or sent something, at most twice a second. */
export function usePokeOnUpload({ poke }: LiveSession, { summary, adding }: UploadState) {
  const { sent, total } = summary;
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  // When the time is up, not when it was set: the feed begins only after the first render.
  const ask = useEffectEvent(() => poke());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the numbers are what it waits for
  useEffect(() => {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      ask();
    }, AT_MOST_EVERY_MS);
  }, [sent, total, adding]);
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
}
