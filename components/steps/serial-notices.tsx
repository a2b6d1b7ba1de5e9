"use client";

import { CircleX, GitMerge } from "lucide-react";
import { useState } from "react";
import { EconomyStrip } from "@/components/batches/economy-strip";
import type { ItemActions } from "@/components/items/use-item-actions";
import { Notice } from "@/components/sessions/notice";
import { PauseNotice } from "@/components/sessions/pause-notice";
import { ConnectionNotice, HoldUpNotice } from "@/components/sessions/results-notices";
import type { LiveSession } from "@/components/sessions/use-session-feed";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { ChainFrame } from "./chain-frames";
import type { ChainKeeper, KeptChain } from "./chain-keeper";
import { failureWords, firstFailure, insteadLabel, passBy, type StepFailure } from "./step-failure";
import type { ChainRuns } from "./use-chain-runs";

type SerialNoticesProps = {
  live: LiveSession;
  keeper: ChainKeeper;
  chain: KeptChain;
  frames: readonly ChainFrame[];
  actions: ItemActions;
  runs: ChainRuns;
  onTheirs: () => void;
  onEditPrompt: (place: number) => void;
};

/** What stands in the way, over the chain. */
export function SerialNotices({ live, keeper, chain, onTheirs, ...rest }: SerialNoticesProps) {
  return (
    <>
      <ConnectionNotice store={live.store} />
      <ConflictNotice keeper={keeper} chain={chain} onTheirs={onTheirs} />
      <PauseNotice live={live} />
      <EconomyStrip live={live} />
      <HoldUpNotice store={live.store} />
      <StepFailureNotice keeper={keeper} {...rest} />
    </>
  );
}

type ConflictProps = { keeper: ChainKeeper; chain: KeptChain; onTheirs: () => void };

/** Two tabs, one chain: nothing is saved until one side is chosen, and the other side can be brought back. */
export function ConflictNotice({ keeper, chain, onTheirs }: ConflictProps) {
  const [pending, setPending] = useState<"mine" | "theirs" | null>(null);
  const toast = useToast();
  if (chain.conflict === null) return null;
  async function keepMine() {
    setPending("mine");
    await keeper.keepMine();
    setPending(null);
  }
  async function takeTheirs() {
    setPending("theirs");
    const mine = await keeper.takeTheirs();
    setPending(null);
    if (!mine) return;
    onTheirs();
    toast.show({
      text: "Their steps are here. Yours were put aside.",
      action: { label: "Bring mine back", onPress: () => keeper.change({ steps: mine }) },
    });
  }
  return (
    <Notice
      tone="warn"
      icon={GitMerge}
      alert
      actions={
        <>
          <Button size="small" pending={pending === "mine"} onClick={keepMine}>
            Keep mine
          </Button>
          <Button size="small" pending={pending === "theirs"} onClick={takeTheirs}>
            Take theirs
          </Button>
        </>
      }
    >
      {chain.conflict}
    </Notice>
  );
}

type FailureProps = {
  frames: readonly ChainFrame[];
  keeper: ChainKeeper;
  actions: ItemActions;
  runs: ChainRuns;
  onEditPrompt: (place: number) => void;
};

/** A step that failed, what it holds up, and what helps. */
function StepFailureNotice({ frames, keeper, actions, runs, onEditPrompt }: FailureProps) {
  const failure = firstFailure(frames);
  if (!failure) return null;
  const { happened, why, kept } = failureWords(failure);
  const edit = (
    <Button size="small" onClick={() => onEditPrompt(failure.place)}>
      {`Edit prompt of step ${failure.place}`}
    </Button>
  );
  return (
    <Notice
      tone="plain"
      icon={CircleX}
      actions={
        <>
          {failure.needsOtherWords && edit}
          <Button size="small" onClick={() => void actions.retry([failure.item.id])}>
            {`Retry step ${failure.place}${failure.item.maybeCost > 0 ? ", may be charged again" : ""}`}
          </Button>
          {failure.heldUp.length > 0 && (
            <Button size="small" onClick={() => void goPast(failure, keeper, runs)}>
              {insteadLabel(failure)}
            </Button>
          )}
        </>
      }
    >
      <b className="font-semibold">{happened}</b> {why} {kept}
    </Notice>
  );
}

async function goPast(failure: StepFailure, keeper: ChainKeeper, runs: ChainRuns) {
  const steps = passBy(keeper.get().steps, failure);
  keeper.change({ steps });
  const next = steps[(failure.heldUp[0] ?? 0) - 1];
  if (next) await runs.run({ kind: "from", stepId: next.id });
}
