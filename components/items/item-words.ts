import {
  Ban,
  CircleDot,
  CircleX,
  Clock,
  CopyCheck,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  ShieldAlert,
} from "lucide-react";
import type { Tone } from "@/components/ui/pill";
import { groupOf } from "@/lib/items/status";
import type { ItemRow } from "@/lib/items/wire";
import { ordinal, tookWords } from "@/lib/words";

export type StatusWords = { tone: Tone; icon: LucideIcon; text: string; turning?: boolean };

/** Pill of an item: word, icon and colour. */
export function statusWords({ status }: Pick<ItemRow, "status">): StatusWords {
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
      return { tone: "idle", icon: CopyCheck, text: "Reused" };
    case "failed":
      return { tone: "err", icon: CircleX, text: "Failed" };
    case "blocked":
      return { tone: "err", icon: ShieldAlert, text: "Blocked" };
    case "cancelled":
      return { tone: "idle", icon: Ban, text: "Cancelled" };
  }
}

/** What stands in the frame of an item without a picture. `now` is the server's clock, ms. */
export function frameWords(
  item: ItemRow,
  { now, place }: { now: number; place: number | undefined },
): string {
  switch (item.status) {
    case "queued":
      return place === undefined ? "In line" : `${ordinal(place)} in line`;
    case "running":
      return item.startedAt === null ? "Generating" : `Generating ${elapsed(now - item.startedAt)}`;
    case "waiting":
      return waitingWords(item, now);
    case "failed":
    case "blocked":
      return item.error?.words ?? "No result.";
    case "cancelled":
      return "Cancelled before it was made";
    case "completed":
    case "reused":
      return "";
  }
}

function waitingWords({ error, dueAt }: ItemRow, now: number): string {
  const why = error ? WAITING[error.code] : undefined;
  const left = dueAt === null ? null : Math.max(0, dueAt - now);
  const when = left === null || left < 1_000 ? "goes on now" : `goes on in ${elapsed(left)}`;
  return `${why ?? "Waiting"}: ${when}`;
}

const WAITING: Record<string, string> = {
  rate_limited: "The model asks us to slow down",
  overloaded: "The model is busy",
  timeout: "No answer in time",
  crashed: "The attempt was cut off",
};

function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
}

/** What a screen reader says of a tile: "SKU-00417, completed, 7 of 1,204". */
export function tileName(
  item: ItemRow,
  { name, index, count }: { name: string; index: number; count: number },
): string {
  const { text } = statusWords(item);
  const why =
    item.error && (item.status === "failed" || item.status === "blocked") ? `: ${item.error.words}` : "";
  return `${name}, ${text.toLowerCase()}${why}, ${index + 1} of ${count}`;
}

/** The upper edge of a tile, right: how long the shown result took, and how many attempts there are. */
export function edgeWords({ status, tookMs, attemptCount, imageId }: ItemRow): string {
  const shown = imageId !== null && tookMs > 0 && groupOf(status) === "completed";
  const parts = [shown ? tookWords(tookMs) : "", attemptCount > 1 ? `${attemptCount} attempts` : ""];
  return parts.filter(Boolean).join(" · ");
}
