"use client";

import { Layers } from "lucide-react";
import { useState } from "react";
import { Notice } from "@/components/sessions/notice";
import { useHydrated, useServerNow } from "@/components/sessions/use-clock";
import { type LiveSession, useFeed, useUnit } from "@/components/sessions/use-session-feed";
import { batchWords, openBatches } from "./batch-words";
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
  if (!shown) return null;
  const words = batchWords({ batches, items, state, unit });
  // Then it stands in the notice above.
  const trouble = pauseReason === "economy" ? null : words.trouble;
  const goesOn = state === "running" || state === "paused";
  return (
    <Notice
      tone="plain"
      icon={Layers}
      steady
      actions={goesOn && left > 0 && pauseReason !== "economy" && <MoveAllButton live={live} />}
    >
      <span className="tabular-nums">
        <b className="font-semibold">Half-price lane:</b> {words.now}{" "}
        {words.due !== null && <Due live={live} at={words.due} />} {words.rest}{" "}
        {trouble && <span className="text-warn">{trouble}</span>}
      </span>
    </Notice>
  );
}

function Due({ live, at }: { live: LiveSession; at: number }) {
  const hydrated = useHydrated();
  const now = useServerNow(live.store, false);
  if (!hydrated || at <= now) return null;
  return `The first is due by ${momentWords(at, now)}.`;
}
