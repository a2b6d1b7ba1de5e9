import {
  Ban,
  CircleDashed,
  CircleDot,
  CircleSlash,
  CircleX,
  Clock,
  CopyCheck,
  History,
  Hourglass,
  Layers,
  LoaderCircle,
  type LucideIcon,
  ShieldAlert,
} from "lucide-react";
import { isInBatch, mayGoNow } from "@/components/batches/economy-items";
import { itemBatchWords } from "@/components/batches/item-batch-words";
import { isOutOfDate, type SheetRow } from "@/components/sessions/chain-rows";
import type { Tone } from "@/components/ui/pill";
import type { ItemStatus } from "@/db/schema/items";
import { groupOf } from "@/lib/items/status";
import type { ItemRow } from "@/lib/items/wire";
import { formatMoney } from "@/lib/money";
import { ordinal, tookWords } from "@/lib/words";

export type StatusWords = {
  tone: Tone;
  icon: LucideIcon;
  text: string;
  /** "Step 2 of 3": where a chain is with it. */
  detail?: string;
  turning?: boolean;
};

type Status = Pick<ItemRow, "status" | "reusedFrom"> &
  Partial<Pick<ItemRow, "stale" | "imageId" | "stepPosition" | "batchedAt">> & { chain?: SheetRow["chain"] };

/** Pill of an item: word, icon and colour. */
export function statusWords(row: Status): StatusWords {
  const { status, chain, stale = false, imageId = null, batchedAt = null } = row;
  if (chain?.absent) return { tone: "idle", icon: CircleDashed, text: "Not run yet" };
  if (isOutOfDate({ status, stale, imageId })) return { tone: "warn", icon: History, text: "Out of date" };
  // Where its image is, rather than that this step waits for it.
  const inBatch = isInBatch({ status, batchedAt });
  const at = chain?.behind ?? { place: row.stepPosition ?? 0, status, inBatch };
  const words = at.inBatch ? IN_BATCH : wordsOf({ ...row, status: at.status });
  const detail = chain && MOVING.includes(at.status) ? `Step ${at.place} of ${chain.of}` : undefined;
  return { ...words, detail };
}

const IN_BATCH: StatusWords = { tone: "run", icon: Layers, text: "In a batch" };
const MOVING: readonly ItemStatus[] = ["running", "waiting"];

function wordsOf({ status, reusedFrom }: Status): StatusWords {
  switch (status) {
    case "queued":
      return { tone: "idle", icon: Clock, text: "Queued" };
    case "running":
      return { tone: "run", icon: LoaderCircle, text: "Generating", turning: true };
    case "waiting":
      return { tone: "warn", icon: Hourglass, text: "Waiting" };
    case "completed":
      return { tone: "idle", icon: CircleDot, text: "Completed" };
    case "reused":
      return {
        tone: "idle",
        icon: CopyCheck,
        text: reusedFrom ? `Reused from ${numberWords(reusedFrom)}` : "Reused",
      };
    case "failed":
      return { tone: "err", icon: CircleX, text: "Failed" };
    case "blocked":
      return { tone: "err", icon: ShieldAlert, text: "Blocked" };
    case "cancelled":
      return { tone: "idle", icon: Ban, text: "Cancelled" };
    case "unmet":
      return { tone: "err", icon: CircleSlash, text: "Not run" };
  }
}

/**
 * What stands in the frame of an item without a picture. `now` is the server's clock, ms; `place` its own in line, or
 * that of the step it waits for; `zoned`: the time zone of whoever looks is known.
 */
export function frameWords(
  item: SheetRow,
  { now, place, zoned = true }: { now: number; place: number | undefined; zoned?: boolean },
): string {
  const { chain } = item;
  if (chain?.absent) return "Not run yet";
  if (chain?.behind) return behindWords(chain.behind, { of: chain.of, place });
  const batched = itemBatchWords(item, zoned ? now : null);
  if (batched) return batched;
  switch (item.status) {
    case "queued":
      return place === undefined ? "In line" : `${ordinal(place)} in line`;
    case "running":
      return runningWords(item, now);
    case "waiting":
      return waitingWords(item, now);
    case "failed":
    case "blocked":
      return [item.error?.words ?? "No result.", maybeWords(item)].filter(Boolean).join(" ");
    case "cancelled":
      return "Cancelled before it was made";
    case "unmet":
      return item.needs ? `Not run: needs step ${item.needs}` : "Not run: an earlier step has no result";
    case "completed":
    case "reused":
      return "";
  }
}

type Behind = NonNullable<NonNullable<SheetRow["chain"]>["behind"]>;

function behindWords(
  { place: step, status, inBatch }: Behind,
  { of, place }: { of: number; place?: number },
): string {
  if (inBatch) return `Step ${step} of ${of} is in a batch`;
  if (status === "running") return `Generating · Step ${step} of ${of}`;
  return status === "queued" && place !== undefined ? `${ordinal(place)} in line` : `Waits for step ${step}`;
}

function runningWords({ chain, stepPosition, startedAt, lane }: SheetRow, now: number): string {
  // One that is back from its batch began when it was put into it.
  const time = startedAt === null || lane === "economy" ? "" : elapsed(now - startedAt);
  if (!chain) return time ? `Generating ${time}` : "Generating";
  const where = `Generating · Step ${stepPosition} of ${chain.of}`;
  return time ? `${where}, ${time}` : where;
}

function waitingWords({ error, dueAt }: ItemRow, now: number): string {
  const why = (error && WAITING[error.code]) ?? "next try";
  const left = dueAt === null ? null : Math.max(0, dueAt - now);
  return `Waiting: ${why}, ${left === null || left < 1_000 ? "goes on now" : elapsed(left)}`;
}

const WAITING: Record<string, string> = {
  rate_limited: "rate limit",
  overloaded: "provider overloaded",
  timeout: "no answer in time",
  crashed: "attempt cut off",
};

/** Money that nobody is sure of; null when there is none. */
function maybeWords({ maybeCost }: Pick<ItemRow, "maybeCost">): string | null {
  return maybeCost > 0 ? `May have been charged (${formatMoney(maybeCost)}).` : null;
}

/** 412 as the sheet prints it: "0412". */
export function numberWords(position: number): string {
  return String(position).padStart(4, "0");
}

function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
}

/** What a screen reader says of a tile: "SKU-00417, completed, 7 of 1,204". */
export function tileName(
  item: SheetRow,
  { name, index, count }: { name: string; index: number; count: number },
): string {
  const { text, detail } = statusWords(item);
  const failed = item.status === "failed" || item.status === "blocked";
  const why =
    item.error && failed ? `: ${[item.error.words, maybeWords(item)].filter(Boolean).join(" ")}` : "";
  const where = item.chain?.behind || item.chain?.absent ? null : itemBatchWords(item, null);
  const state = [where ?? text, detail].filter(Boolean).join(", ");
  return `${name}, ${state.toLowerCase()}${why}, ${index + 1} of ${count}`;
}

/** The upper edge of a tile, right: how long the shown result took, what it cost, and how many attempts there are. */
export function edgeWords(item: ItemRow): string {
  const { status, tookMs, attemptCount, imageId, cost, maybeCost, lane } = item;
  const isMade = imageId !== null && tookMs > 0 && groupOf(status) === "completed" && status !== "reused";
  // Of a batch it would be how long the batch took.
  const shown = isMade && lane === "live";
  const parts = [
    shown ? tookWords(tookMs) : "",
    cost > 0 ? `${maybeCost > 0 ? "up to " : ""}${formatMoney(cost)}` : "",
    status === "reused" && cost === 0 ? "$0.00" : "",
    attemptCount > 1 ? `${attemptCount} attempts` : "",
  ];
  return parts.filter(Boolean).join(" · ");
}

/** What trying it again is called. */
export function redoLabel(item: SheetRow): string {
  if (item.chain?.absent) return "Run";
  if (mayGoNow(item)) return "Make it now at the full price…";
  return item.imageId ? "Regenerate…" : "Retry";
}
