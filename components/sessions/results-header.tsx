"use client";

import { Share2 } from "lucide-react";
import type { EconomyItems } from "@/components/batches/economy-items";
import { useEconomy } from "@/components/batches/use-economy";
import type { StatusFilter } from "@/components/items/status-filter";
import { PageHeader } from "@/components/layout/page-header";
import { SessionMoreMenu } from "@/components/recipes/session-more-menu";
import { Button } from "@/components/ui/button";
import { WINDOW_HOURS } from "@/lib/batches/constants";
import { totalItems } from "@/lib/sessions/status";
import type { ItemCounts, SessionPulse, SessionView } from "@/lib/sessions/wire";
import { countWords, leftWords, plural } from "@/lib/words";
import type { DownloadSteps } from "@/lib/zip/types";
import { DownloadButton } from "./download-button";
import { imagesOf } from "./image-counts";
import { LiveSwitch } from "./live-switch";
import { LocalTime } from "./local-time";
import { moneyWords } from "./money-words";
import { ResultsMeter } from "./results-meter";
import { SessionName } from "./session-name";
import type { SessionStore } from "./session-store";
import { slotWords } from "./slot-words";
import { progressSentence, settledCount, stateWords } from "./state-words";
import { SteerButtons } from "./steer-buttons";
import { TellWhenDone } from "./tell-when-done";
import { useServerNow } from "./use-clock";
import { type LiveSession, useFeed } from "./use-session-feed";
import { useTileCounts } from "./use-tile-counts";

type ResultsHeaderProps = {
  view: SessionView;
  live: LiveSession;
  /** The step that stands for the session; null where it has one. */
  last: number | null;
  downloading: boolean;
  onDownload: (steps?: DownloadSteps) => void;
  onShare: () => void;
  onFilter: (filter: StatusFilter) => void;
};

/** What the session is, how far it is, and what to do with all of it. */
export function ResultsHeader({
  view,
  live,
  last,
  downloading,
  onDownload,
  onShare,
  onFilter,
}: ResultsHeaderProps) {
  const pulse = useFeed(live.store, (state) => state.pulse);
  const tiles = useTileCounts(live.store, last);
  // Before all rows of a chain are here, only its steps are known.
  const counts = tiles?.counts ?? pulse.counts;
  const total = tiles?.total ?? totalItems(pulse.counts);
  const images = imagesOf(counts);
  const economy = useEconomy(live.store);
  const inBatches = economy.inBatches + economy.leaving;
  return (
    <PageHeader
      title={<SessionName sessionId={view.id} name={view.name} as="title" />}
      facts={<Facts store={live.store} view={view} pulse={{ ...pulse, counts: images }} last={last} />}
      actions={
        <>
          <SteerButtons live={live} pulse={pulse} />
          <Button icon={<Share2 aria-hidden />} onClick={onShare}>
            Share
          </Button>
          <DownloadButton
            look={pulse.state === "paused" ? "secondary" : "primary"}
            images={counts.completed + counts.reused}
            results={pulse.counts.completed + pulse.counts.reused}
            hasSteps={last !== null}
            pending={downloading}
            onDownload={onDownload}
          />
          <SessionMoreMenu view={view} completed={counts.completed + counts.reused} />
        </>
      }
    >
      <ResultsMeter
        counts={counts}
        inBatches={inBatches}
        total={total}
        done={settledCount(counts)}
        sentence={progressSentence({ state: pulse.state, counts: images }, total)}
        onFilter={onFilter}
        aside={
          <div className="flex flex-wrap items-center gap-x-4.5">
            {last !== null && <StepsLine counts={pulse.counts} />}
            <SlotLine store={live.store} pulse={pulse} />
            <MoneyLine pulse={pulse} />
            {pulse.state === "running" && <LiveSwitch live={live} />}
            <TellWhenDone sessionId={view.id} name={view.name} pulse={pulse} />
          </div>
        }
      />
    </PageHeader>
  );
}

/** "12 running · next slot in 4 s", counted down here: it costs no request. */
function SlotLine({ store, pulse: { slots, counts } }: { store: SessionStore; pulse: SessionPulse }) {
  const now = useServerNow(store, slots !== null && slots.nextAt !== null);
  if (!slots) return null;
  return (
    <p className="min-h-6 py-1 text-dense text-ink-2 tabular-nums">{slotWords(slots, { counts, now })}</p>
  );
}

/** "61 of 72 steps done": what the images above are made in. */
function StepsLine({ counts }: { counts: ItemCounts }) {
  return (
    <p className="min-h-6 py-1 text-dense text-ink-2 tabular-nums">
      {`${countWords(settledCount(counts))} of ${plural(totalItems(counts), "step")} done`}
    </p>
  );
}

/** "$34.10 of about $50.57" */
function MoneyLine({ pulse }: { pulse: SessionPulse }) {
  const words = moneyWords(pulse);
  if (!words) return null;
  const [first = "", ...rest] = words.split(/(?= )/);
  return (
    <p className="min-h-6 py-1 text-dense text-ink-2 tabular-nums">
      <b className="font-semibold text-ink">{first}</b>
      {rest.join("")}
    </p>
  );
}

type FactsProps = { store: SessionStore; view: SessionView; pulse: SessionPulse; last: number | null };

function Facts({ store, view, pulse, last }: FactsProps) {
  const steps = useFeed(store, (state) => state.chain.steps.length);
  const images = useFeed(store, ({ chains, nextPage }) => (nextPage === null ? chains?.order.length : null));
  const total = last === null ? totalItems(pulse.counts) : (images ?? view.inputTotal);
  return (
    <>
      {view.kind} · {plural(total, "image")}
      {last !== null && ` · ${plural(steps, "step")}`}
      {view.startedAt !== null && (
        <>
          {" · started "}
          <LocalTime at={view.startedAt} />
        </>
      )}
      {" · "}
      {timeWords(pulse, useEconomy(store), { chain: last !== null })}
    </>
  );
}

function timeWords(
  { state, etaMs, counts }: SessionPulse,
  economy: EconomyItems,
  { chain }: { chain: boolean },
): string {
  const { waiting, inBatches, leaving } = economy;
  // What is in a batch may take a day: a pause does not wait for it.
  const running = state === "paused" ? Math.max(0, counts.running - inBatches - leaving) : counts.running;
  if (state !== "running") return stateWords(state, { ...counts, running }).text.toLowerCase();
  if (etaMs !== null) return leftWords(etaMs);
  if (waiting + inBatches === 0) return "running";
  return `running · within ${WINDOW_HOURS} hours${chain ? " a step" : ""}`;
}
