"use client";

import { Layers } from "lucide-react";
import { useState } from "react";
import { Notice } from "@/components/sessions/notice";
import { useHydrated, useServerNow } from "@/components/sessions/use-clock";
import { type LiveSession, useFeed, useUnit } from "@/components/sessions/use-session-feed";
import { type BatchWords, batchWords, openBatches } from "./batch-words";
import { momentWords } from "./moment-words";
import { MoveAllButton } from "./move-all-button";
import { useEconomy } from "./use-economy";

/** Where the half-price lane stands. Once shown it stays as long as the page, so that nothing below it moves. */
export function EconomyStrip({ live }: { live: LiveSession }) {
  const { store } = live;
  const pulse = useFeed(store, (state) => state.pulse);
  const items = useEconomy(store);
  const unit = useUnit(store);
  const { state, pauseReason, batches } = pulse;
  const left = items.waiting + items.inBatches;
  const isOn = state !== "draft" && left + items.leaving + openBatches(batches).length > 0;
  const [shown, setShown] = useState(isOn);
  if (isOn && !shown) setShown(true);
  // Then the notice of the pause says it all.
  if (!shown || pauseReason === "economy") return null;
  const words = batchWords({ batches, items, state, unit });
  const goesOn = state === "running" || state === "paused";
  return (
    <Notice tone="plain" icon={Layers} steady actions={goesOn && left > 0 && <MoveAllButton live={live} />}>
      <span className="tabular-nums">
        <b className="font-semibold">Half-price lane:</b> {words.now}{" "}
        {words.due && <Due live={live} due={words.due} />} {words.rest}{" "}
        {words.trouble && <span className="text-warn">{words.trouble}</span>}
      </span>
    </Notice>
  );
}

function Due({ live, due: { at, words } }: { live: LiveSession; due: NonNullable<BatchWords["due"]> }) {
  const hydrated = useHydrated();
  const now = useServerNow(live.store, false);
  if (!hydrated || at <= now) return null;
  return `${words} ${momentWords(at, now)}.`;
}
