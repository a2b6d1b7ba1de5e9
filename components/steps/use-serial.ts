"use client";

import { useMemo } from "react";
import { inputImage } from "@/components/inputs/input-facts";
import { tileImage } from "@/components/items/image-url";
import { type ItemActions, useItemActions } from "@/components/items/use-item-actions";
import { choiceOf } from "@/components/models/use-entered";
import { type LiveSession, useFeed, useSessionFeed } from "@/components/sessions/use-session-feed";
import type { FrameImage } from "@/components/ui/frame";
import type { PricedChoice } from "@/lib/models/price-choices";
import type { SessionView } from "@/lib/sessions/wire";
import type { ChainRun, RunPlan } from "@/lib/steps/types";
import { type ChainFrame, chainFrames } from "./chain-frames";
import type { ChainKeeper, KeptChain } from "./chain-keeper";
import { type ChainTrouble, chainTrouble } from "./chain-trouble";
import { originalTrouble } from "./original-words";
import { effectiveSettings } from "./own-settings";
import { useChain } from "./use-chain";
import { type ChainEdits, useChainEdits } from "./use-chain-edits";
import { type ChainRuns, useChainRuns } from "./use-chain-runs";
import { type Original, useOriginal } from "./use-original";
import { useRunPlan } from "./use-run-plan";

export type Serial = {
  live: LiveSession;
  keeper: ChainKeeper;
  chain: KeptChain;
  edits: ChainEdits;
  frames: readonly ChainFrame[];
  original: Original;
  actions: ItemActions;
  runs: ChainRuns;
  troubleOf: (run: ChainRun) => ChainTrouble | null;
  /** What Run all would make; null while nobody knows. */
  plan: RunPlan | null;
  /** A step costs money. */
  isPaid: boolean;
  /** Changes with all a plan depends on; null where a run of one step costs nothing. */
  paidVersion: string | null;
  pictureOf: (place: number) => FrameImage | null;
};

const ALL = { kind: "all" } as const;

/** A chain of a session with its image, its results and what can be done with them. */
export function useSerial(view: SessionView, choices: readonly PricedChoice[]): Serial {
  const live = useSessionFeed(view);
  const { keeper, chain } = useChain(view, live);
  const edits = useChainEdits(keeper);
  const original = useOriginal(live);
  const actions = useItemActions(live);
  const frames = useFrames(live, chain, original.row?.id ?? "");
  const modelOf = (step: ChainFrame["step"]) =>
    choiceOf(choices, effectiveSettings(chain.settings, step.settings));
  const troubleOf = (run: ChainRun): ChainTrouble | null => {
    const image = originalTrouble(original);
    if (image) return { place: null, words: image };
    return chainTrouble({ steps: chain.steps, run, isModelThere: (step) => modelOf(step) !== undefined });
  };
  const runs = useChainRuns(keeper, live, (run) => troubleOf(run)?.words ?? null);
  const version = versionOf(chain, frames);
  const isPaid = frames.some(({ step }) => modelOf(step)?.capabilities.paid === true);
  const plan = useRunPlan(view.id, ALL, runs.off(ALL) === null ? version : null);
  const pictureOf = (place: number) => smallPicture(place, frames, original);
  const paidVersion = isPaid ? version : null;
  return {
    live,
    keeper,
    chain,
    edits,
    frames,
    original,
    actions,
    runs,
    troubleOf,
    plan,
    isPaid,
    paidVersion,
    pictureOf,
  };
}

function useFrames(live: LiveSession, chain: KeptChain, inputId: string): readonly ChainFrame[] {
  const items = useFeed(live.store, (feed) => feed.items);
  const { steps, savedOrder } = chain;
  return useMemo(() => {
    const ofImage = [...items.values()].filter((item) => item.inputId === inputId);
    return chainFrames({ steps, sessionPrompt: "", savedOrder, items: ofImage });
  }, [items, inputId, steps, savedOrder]);
}

/** Null while the server has an older chain than the page. */
function versionOf({ save, savedOrder }: KeptChain, frames: readonly ChainFrame[]): string | null {
  if (save.kind === "saving" || save.kind === "failed") return null;
  const rows = frames.map(({ item }) => item && `${item.status} ${item.stale} ${item.imageId}`);
  return JSON.stringify([rows, savedOrder, save.kind === "saved" ? save.at.getTime() : 0]);
}

function smallPicture(place: number, frames: readonly ChainFrame[], { row }: Original): FrameImage | null {
  if (place === 0) return row && inputImage(row, 480, "");
  const item = frames[place - 1]?.item;
  return item?.imageId ? tileImage({ ...item, imageId: item.imageId }, { alt: "", shownAt: 96 }) : null;
}
