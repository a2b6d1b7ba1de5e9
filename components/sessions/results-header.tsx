"use client";

import { Download, Share2 } from "lucide-react";
import type { StatusFilter } from "@/components/items/status-filter";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { totalItems } from "@/lib/sessions/status";
import type { SessionPulse, SessionView } from "@/lib/sessions/wire";
import { countWords, leftWords, plural } from "@/lib/words";
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

type ResultsHeaderProps = {
  view: SessionView;
  live: LiveSession;
  downloading: boolean;
  onDownload: () => void;
  onShare: () => void;
  onFilter: (filter: StatusFilter) => void;
};

/** What the session is, how far it is, and what to do with all of it. */
export function ResultsHeader({
  view,
  live,
  downloading,
  onDownload,
  onShare,
  onFilter,
}: ResultsHeaderProps) {
  const pulse = useFeed(live.store, (state) => state.pulse);
  const total = totalItems(pulse.counts);
  const finished = pulse.counts.completed + pulse.counts.reused;
  return (
    <PageHeader
      title={<SessionName sessionId={view.id} name={view.name} as="title" />}
      facts={<Facts view={view} pulse={pulse} total={total} />}
      actions={
        <>
          <SteerButtons live={live} pulse={pulse} />
          <Button icon={<Share2 aria-hidden />} onClick={onShare}>
            Share
          </Button>
          <Button
            look={pulse.state === "paused" ? "secondary" : "primary"}
            icon={<Download aria-hidden />}
            disabled={finished === 0}
            pending={downloading}
            onClick={onDownload}
          >
            {`Download All (${countWords(finished)})`}
          </Button>
        </>
      }
    >
      <ResultsMeter
        counts={pulse.counts}
        total={total}
        done={settledCount(pulse.counts)}
        sentence={progressSentence(pulse, total)}
        onFilter={onFilter}
        aside={
          <div className="flex flex-wrap items-center gap-x-4.5">
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

function Facts({ view, pulse, total }: { view: SessionView; pulse: SessionPulse; total: number }) {
  return (
    <>
      {view.kind} · {plural(total, "image")}
      {view.startedAt !== null && (
        <>
          {" · started "}
          <LocalTime at={view.startedAt} />
        </>
      )}
      {" · "}
      {timeWords(pulse)}
    </>
  );
}

function timeWords({ state, etaMs, counts }: SessionPulse): string {
  if (state !== "running") return stateWords(state, counts).text.toLowerCase();
  return etaMs === null ? "running" : leftWords(etaMs);
}
