import type { BatchesAnswer } from "@/lib/batches/types";
import type { PriceRange } from "@/lib/models/types";
import { formatMoneyRange } from "@/lib/money";
import { plural } from "@/lib/words";
import { batchCount, openBatches } from "./batch-words";

/** What leaves the half-price lane: all that is left in it, or some; `inBatches` of them are in a batch. */
export type Move = { itemIds: "all" } | { itemIds: string[]; inBatches: number };

export type MoveWords = { title: string; happens: string; button: string; nothing: boolean };

type Unit = "image" | "result";

/** What moving them would do and cost. A null answer: not known yet. */
export function moveWords(
  move: Move,
  { answer, unit }: { answer: BatchesAnswer | null; unit: Unit },
): MoveWords {
  return move.itemIds === "all"
    ? wordsOfAll({ answer, unit })
    : wordsOfSome(move.itemIds.length, { inBatches: "inBatches" in move ? move.inBatches : 0, answer, unit });
}

type Given = { answer: BatchesAnswer | null; unit: Unit };

const KEPT = "what is done by then is kept and paid for at half the price";
const ONCE = "Nothing is made twice.";

function wordsOfAll({ answer, unit }: Given): MoveWords {
  const title = "Go on now at the full price?";
  if (!answer) return { title, happens: "", button: "Go on now", nothing: false };
  const { waiting, inBatches, price } = answer;
  const count = waiting + inBatches;
  if (count === 0) return { title, happens: NOTHING, button: "Go on now", nothing: true };
  const wait = `${plural(waiting, unit)} ${waiting === 1 ? "waits for a batch and goes" : "wait for a batch and go"} on at once.`;
  const batches = openBatches(answer.batches);
  const leave = `${plural(inBatches, unit)} ${inBatches === 1 ? "is" : "are"} in ${batchCount(batches)}, which ${batches.length === 1 ? "is" : "are"} cancelled at the provider: ${KEPT}, the rest goes on now.`;
  return {
    title,
    happens: [waiting > 0 && wait, inBatches > 0 && leave, ONCE].filter(Boolean).join(" "),
    button: `Go on now · ${formatMoneyRange(price)}`,
    nothing: false,
  };
}

function wordsOfSome(count: number, { inBatches, answer, unit }: Given & { inBatches: number }): MoveWords {
  const title = `Make ${plural(count, unit)} now at the full price?`;
  const cost = answer ? priceOf(count, answer) : null;
  const happens =
    inBatches === 0
      ? `${count === 1 ? "It does" : "They do"} not wait for a batch any more. ${ONCE}`
      : `${inBatchWords(count, inBatches)} cancelled at the provider: ${KEPT}, and the other images in ${inBatches === 1 ? "it" : "them"} go into the next one. ${ONCE}`;
  return {
    title,
    happens,
    button: `Make ${count === 1 ? "it" : plural(count, unit)} now${cost ? ` · ${formatMoneyRange(cost)}` : ""}`,
    nothing: false,
  };
}

const NOTHING = "Nothing is left in the half-price lane.";

function inBatchWords(count: number, inBatches: number): string {
  if (count === 1) return "It is in a batch, which is";
  if (inBatches === 1) return "1 of them is in a batch, which is";
  const who = inBatches === count ? "They" : `${inBatches} of them`;
  return `${who} are in batches, which are`;
}

/** At the mean price of what is left in the lane; null when nothing is known. */
function priceOf(count: number, { waiting, inBatches, price }: BatchesAnswer): PriceRange | null {
  const all = waiting + inBatches;
  if (all === 0) return null;
  return { min: Math.floor((price.min / all) * count), max: Math.ceil((price.max / all) * count) };
}

/** What was moved. */
export function movedWords({ moved, leaving }: { moved: number; leaving: number }, unit: Unit): string {
  if (moved + leaving === 0) return NOTHING;
  const go = moved > 0 && `${plural(moved, unit)} ${moved === 1 ? "goes" : "go"} on now.`;
  const follow =
    leaving > 0 &&
    `${moved > 0 ? leaving : plural(leaving, unit)} ${leaving === 1 ? "follows" : "follow"} when the provider has cancelled ${leaving === 1 ? "its batch" : "their batches"}.`;
  return [go, follow].filter(Boolean).join(" ");
}
