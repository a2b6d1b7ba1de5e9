import { groupOf } from "@/lib/items/status";
import type { ItemRow } from "@/lib/items/wire";

/** Where a session's images of the half-price lane are. */
export type EconomyItems = {
  /** For the next batch. */
  waiting: number;
  inBatches: number;
  /** In a batch that is being cancelled, to be made now. */
  leaving: number;
};

type Placed = Pick<ItemRow, "status" | "lane" | "batchedAt">;

export function economyItems(items: Iterable<Placed>): EconomyItems {
  const count = { waiting: 0, inBatches: 0, leaving: 0 };
  for (const item of items) {
    if (isInBatch(item)) count[item.lane === "live" ? "leaving" : "inBatches"] += 1;
    else if (mayGoNow(item) && item.status !== "running") count.waiting += 1;
  }
  return count;
}

export function isInBatch({ status, batchedAt }: Pick<ItemRow, "status" | "batchedAt">): boolean {
  return status === "running" && batchedAt !== null;
}

/** It waits for a batch or is in one, and could be made now instead. */
export function mayGoNow({ status, lane, batchedAt }: Placed): boolean {
  if (lane !== "economy" || groupOf(status) !== "in-progress") return false;
  // Of one that is back from its batch only the storing is left.
  return status !== "running" || batchedAt !== null;
}
