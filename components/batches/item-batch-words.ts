import type { ItemRow } from "@/lib/items/wire";
import { isInBatch, mayGoNow } from "./economy-items";
import { momentWords } from "./moment-words";

/**
 * Where an image of the half-price lane is; null for any other, and for one that is back from its batch. `now` is the
 * server's clock, ms; null while the time zone of whoever looks is not known.
 */
export function itemBatchWords(
  item: Pick<ItemRow, "status" | "lane" | "batchedAt">,
  now: number | null,
): string | null {
  const { lane, batchedAt } = item;
  if (!isInBatch(item)) return mayGoNow(item) ? "Waits for the next batch" : null;
  if (lane === "live") return "Leaves its batch, then is made now";
  if (!batchedAt) return "Its batch is being put together";
  return now === null ? "In a batch" : `In a batch since ${momentWords(batchedAt, now)}`;
}
