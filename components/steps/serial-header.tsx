"use client";

import { CloudAlert, Download, Share2 } from "lucide-react";
import { useState } from "react";
import { useEconomy } from "@/components/batches/use-economy";
import { SetupHeader } from "@/components/inputs/setup-header";
import type { StatusFilter } from "@/components/items/status-filter";
import { PageHeader } from "@/components/layout/page-header";
import { RunOnManyButton } from "@/components/recipes/run-on-many-button";
import { SessionMoreMenu } from "@/components/recipes/session-more-menu";
import { LiveSwitch } from "@/components/sessions/live-switch";
import { LocalTime } from "@/components/sessions/local-time";
import { moneyWords } from "@/components/sessions/money-words";
import { ResultsMeter } from "@/components/sessions/results-meter";
import { SessionName } from "@/components/sessions/session-name";
import { progressSentence, settledCount, stateWords } from "@/components/sessions/state-words";
import { SteerButtons } from "@/components/sessions/steer-buttons";
import { type LiveSession, useFeed } from "@/components/sessions/use-session-feed";
import { Button } from "@/components/ui/button";
import { panelOnDemand } from "@/components/ui/panel-on-demand";
import { Pill } from "@/components/ui/pill";
import { DownloadPanel } from "@/components/zip/download-panel";
import { useDownload } from "@/components/zip/use-download";
import { groupOf } from "@/lib/items/status";
import { totalItems } from "@/lib/sessions/status";
import type { SessionView } from "@/lib/sessions/wire";
import { plural } from "@/lib/words";
import { DraftSwitch } from "./app-switch";
import type { ChainFrame } from "./chain-frames";
import type { ChainKeeper, KeptChain } from "./chain-keeper";

const ShareDialog = panelOnDemand(() =>
  import("@/components/shares/share-dialog").then((code) => code.ShareDialog),
);

type SerialHeaderProps = {
  view: SessionView;
  live: LiveSession;
  keeper: ChainKeeper;
  chain: KeptChain;
  frames: readonly ChainFrame[];
  onSelect: (id: string) => void;
};

/** Name, state and progress of a chain, and what to do with all of it. */
export function SerialHeader(props: SerialHeaderProps) {
  const { view, live, keeper, chain } = props;
  const isDraft = useFeed(live.store, (feed) => feed.pulse.state === "draft");
  if (!isDraft) return <RunHeader {...props} />;
  return (
    <SetupHeader
      lead={<DraftSwitch app="serial" sessionId={view.id} />}
      keeper={keeper}
      draft={chain}
      facts="serial · draft"
    />
  );
}

function RunHeader({ view, live, keeper, chain, frames, onSelect }: SerialHeaderProps) {
  const [sharing, setSharing] = useState(false);
  const pulse = useFeed(live.store, (feed) => feed.pulse);
  const economy = useEconomy(live.store);
  const { downloading, start } = useDownload(`/api/sessions/${view.id}/download`);
  const total = totalItems(pulse.counts);
  const finished = pulse.counts.completed + pulse.counts.reused;
  const { tone, icon, text, turning } = stateWords(pulse.state, pulse.counts);
  const showFirst = (filter: StatusFilter) => {
    const first = frames.find(({ item }) => item && (groupOf(item.status) ?? "cancelled") === filter);
    if (first) onSelect(first.step.id);
  };
  return (
    <PageHeader
      title={
        <div className="flex min-w-0 flex-wrap items-center gap-x-3">
          <SessionName sessionId={view.id} name={view.name} as="title" />
          <Pill tone={tone} icon={icon} turning={turning ?? false}>
            {text}
          </Pill>
        </div>
      }
      facts={<Facts view={view} steps={chain.steps.length} />}
      actions={
        <>
          <SteerButtons live={live} pulse={pulse} />
          <RunOnManyButton sessionId={view.id} />
          <Button icon={<Share2 aria-hidden />} onClick={() => setSharing(true)}>
            Share
          </Button>
          <Button
            icon={<Download aria-hidden />}
            disabled={finished === 0}
            pending={downloading !== null}
            onClick={() => start()}
          >
            Download
          </Button>
          <SessionMoreMenu view={view} completed={finished > 0 ? 1 : 0} />
        </>
      }
    >
      <ResultsMeter
        counts={pulse.counts}
        inBatches={economy.inBatches + economy.leaving}
        total={total}
        done={settledCount(pulse.counts)}
        sentence={progressSentence(pulse, total)}
        onFilter={showFirst}
        aside={
          <div className="flex flex-wrap items-center gap-x-4.5 text-dense text-ink-2">
            <span className="tabular-nums">{moneyWords(pulse)}</span>
            {pulse.state === "running" && <LiveSwitch live={live} />}
            <Kept keeper={keeper} chain={chain} />
          </div>
        }
      />
      {sharing && <ShareDialog sessionId={view.id} onClose={() => setSharing(false)} />}
      <DownloadPanel downloading={downloading} />
    </PageHeader>
  );
}

function Facts({ view, steps }: { view: SessionView; steps: number }) {
  return (
    <>
      {`serial · ${plural(steps, "step")}`}
      {view.startedAt !== null && (
        <>
          {" · started "}
          <LocalTime at={view.startedAt} />
        </>
      )}
    </>
  );
}

/** Whether the edits of a chain that has run are safe. */
function Kept({ keeper, chain: { save } }: Pick<SerialHeaderProps, "keeper" | "chain">) {
  if (save.kind !== "failed") {
    return (
      <span role="status" className="edge-print">
        {save.kind === "saving" && "Saving"}
        {save.kind === "saved" && "Steps saved"}
      </span>
    );
  }
  return (
    <span role="alert" className="flex items-center gap-2 text-err">
      <CloudAlert className="size-4 shrink-0" aria-hidden />
      {`Not saved. ${save.words} Your edits are in this tab.`}
      <Button size="small" onClick={() => void keeper.flush()}>
        Retry
      </Button>
    </span>
  );
}
