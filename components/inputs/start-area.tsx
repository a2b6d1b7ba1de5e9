"use client";

import { useCallback } from "react";
import { EstimateLines } from "@/components/money/estimate-lines";
import { needsConfirm } from "@/components/money/needs-confirm";
import { StopField } from "@/components/money/stop-field";
import type { EstimateState } from "@/components/money/use-estimate";
import { type LiveSession, useFeed } from "@/components/sessions/use-session-feed";
import { panelOnDemand } from "@/components/ui/panel-on-demand";
import type { PricedChoice } from "@/lib/models/price-choices";
import { estimateMs } from "@/lib/sessions/estimate";
import { aboutWords, plural } from "@/lib/words";
import { StartPanel } from "./start-panel";
import type { Readiness } from "./start-readiness";

const ConfirmStart = panelOnDemand(() =>
  import("@/components/money/confirm-start").then((code) => code.ConfirmStart),
);

type StartAreaProps = {
  live: LiveSession;
  count: number;
  choice: PricedChoice | undefined;
  /** Images the built-in model works on at once. */
  parallel: number;
  estimate: EstimateState;
  readiness: Readiness;
  onStart: () => Promise<string | null>;
};

/** Cost, time and stop of a draft, and Start. */
export function StartArea({ live, count, choice, parallel, estimate, readiness, onStart }: StartAreaProps) {
  const budget = useFeed(live.store, (feed) => feed.pulse.budget);
  const paid = choice?.capabilities.paid ?? false;
  const onSaved = useCallback(() => live.poke(), [live]);
  const { answer } = estimate;
  return (
    <StartPanel
      count={count}
      readiness={readiness}
      onStart={onStart}
      confirm={
        answer && paid && needsConfirm(answer)
          ? (handlers) => <ConfirmStart estimate={answer} budget={budget} {...handlers} />
          : null
      }
      lines={
        <>
          {choice && count > 0 && choice.connection === "studio" && (
            <p className="text-dense">
              <span className="font-semibold">{plural(count, "image")}</span>
              <span className="text-ink-2">
                {` with ${choice.label} · ${aboutWords(estimateMs({ items: count, parallel }))}`}
              </span>
            </p>
          )}
          {choice && count > 0 && choice.connection !== "studio" && (
            <EstimateLines estimate={estimate} creditUnknown={paid} />
          )}
          {paid && <StopField sessionId={live.store.sessionId} budget={budget} onSaved={onSaved} />}
        </>
      }
    />
  );
}
