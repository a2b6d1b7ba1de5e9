import { CircleDashed, CircleOff, History } from "lucide-react";
import { type StatusWords, statusWords } from "@/components/items/item-words";
import { groupOf } from "@/lib/items/status";
import type { ItemRow } from "@/lib/items/wire";
import type { ChainStep } from "@/lib/steps/types";
import { needsOf, wireChain } from "@/lib/steps/wire-chain";
import { inputWords, stepTitle } from "./step-words";

/** One step of the chain as it is drawn. */
export type ChainFrame = {
  step: ChainStep;
  /** Its number, from 1. */
  place: number;
  title: string;
  /** "Input: Step 1" */
  input: string;
  /** Whose pictures really go in: the source's first, 0 the original. */
  fedBy: readonly number[];
  /** What it made, or is about to; null: it was never run. */
  item: ItemRow | null;
  pill: StatusWords;
  /** The shown result was made with something that is not its step's any more. */
  outOfDate: boolean;
  /** An enabled step works on its result. */
  feedsOthers: boolean;
  /** In line behind a step whose result it needs; null: it waits for nothing of this chain. */
  waitsFor: number | null;
};

type Given = {
  steps: readonly ChainStep[];
  /** Stands for a prompt that is null. */
  sessionPrompt: string;
  /** Ids of the steps in the order the rows were made in. */
  savedOrder: readonly string[];
  /** Rows of one input. */
  items: Iterable<ItemRow>;
};

export function chainFrames({ steps, sessionPrompt, savedOrder, items }: Given): ChainFrame[] {
  const byStep = new Map<string | undefined, ItemRow>();
  for (const item of items) byStep.set(savedOrder[item.stepPosition - 1], item);
  const wiring = wireChain(steps);
  const used = new Set(wiring.flatMap((fedBy, at) => (steps[at]?.enabled ? fedBy : [])));
  return steps.map((step, at) => {
    const fedBy = wiring[at] ?? [];
    const item = byStep.get(step.id) ?? null;
    const outOfDate = item?.stale === true && item.imageId !== null;
    return {
      step,
      place: at + 1,
      title: stepTitle(step.prompt ?? sessionPrompt) || "No prompt yet",
      input: inputWords(step, fedBy[0] ?? step.source),
      fedBy,
      item,
      pill: pillOf(step, item),
      outOfDate,
      feedsOthers: used.has(at + 1),
      waitsFor: waitsFor(item, fedBy, (place) => byStep.get(steps[place - 1]?.id)),
    };
  });
}

function waitsFor(
  item: ItemRow | null,
  fedBy: readonly number[],
  itemAt: (place: number) => ItemRow | undefined,
): number | null {
  if (item?.status !== "queued") return null;
  return needsOf(fedBy).find((place) => isOpen(itemAt(place))) ?? null;
}

function isOpen(item: ItemRow | undefined): boolean {
  return item !== undefined && groupOf(item.status) === "in-progress";
}

function pillOf({ enabled }: ChainStep, item: ItemRow | null): StatusWords {
  if (!enabled) return { tone: "idle", icon: CircleOff, text: "Disabled" };
  if (!item) return { tone: "idle", icon: CircleDashed, text: "Not run yet" };
  if (item.stale && item.imageId && groupOf(item.status) !== "in-progress") {
    return { tone: "warn", icon: History, text: "Out of date" };
  }
  return statusWords(item);
}

/** What a screen reader says of a frame: "Step 2 of 4, Close-up, completed, Input: Step 1". */
export function frameName({ place, title, pill, input }: ChainFrame, count: number): string {
  return `Step ${place} of ${count}, ${title}, ${pill.text.toLowerCase()}, ${input}`;
}
