"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import { askRunning } from "@/components/layout/use-running";
import { totalItems } from "@/lib/sessions/status";
import { countWords } from "@/lib/words";
import { imagesOf } from "./image-counts";
import type { SessionStore } from "./session-store";
import { isWorthSaying, progressSentence, settledCount } from "./state-words";
import { useFeed } from "./use-session-feed";
import { useTileCounts } from "./use-tile-counts";

/** Says how far the run is, to screen readers in whole sentences now and then, and to everyone in the tab's title. */
export function ProgressStatus({
  store,
  name,
  last = null,
}: {
  store: SessionStore;
  name: string;
  /** The step whose results are counted; null: all there is. */
  last?: number | null;
}) {
  const pulse = useFeed(store, (state) => state.pulse);
  const tiles = useTileCounts(store, last);
  const total = tiles?.total ?? totalItems(pulse.counts);
  const counts = useMemo(() => imagesOf(tiles?.counts ?? pulse.counts), [tiles, pulse]);
  const done = settledCount(counts);
  const { state } = pulse;
  const running = pulse.state === "running";
  const [sentence, setSentence] = useState("");
  const said = useRef<{ state: typeof pulse.state; done: number; at: number } | null>(null);
  useEffect(() => {
    const now = { state, done, at: Date.now() };
    if (said.current && !isWorthSaying(said.current, now, total)) return;
    // Nothing is said on arrival: the page itself says it then.
    if (said.current) setSentence(progressSentence({ state, counts }, total));
    said.current = now;
  }, [state, counts, done, total]);
  // The rail tells of runs too and learns at once that this one began or ended.
  const wasRunning = useRef(running);
  useEffect(() => {
    if (wasRunning.current !== running) void askRunning();
    wasRunning.current = running;
  }, [running]);
  useEffect(() => {
    document.title = running
      ? `${countWords(done)}/${countWords(total)} · ${name}`
      : `${name} · Contact Sheet`;
  }, [running, done, total, name]);
  return (
    <p role="status" className="sr-only">
      {sentence}
    </p>
  );
}
