import { groupOf } from "@/lib/items/status";
import type { ItemRow } from "@/lib/items/wire";
import { formatMoney } from "@/lib/money";
import { countWords } from "@/lib/words";

export type FailureGroup = {
  code: string;
  /** Words after the number: "blocked by the provider". */
  label: string;
  itemIds: string[];
  /** What can help: the same again, the same again for perhaps twice the money, or other words. */
  remedy: "retry" | "retry-paid" | "edit-prompt";
  /** Micro-dollars that were perhaps charged. */
  maybeCost: number;
};

type Kind = Pick<FailureGroup, "label" | "remedy">;

const KINDS: Record<string, Kind> = {
  blocked: { label: "blocked by the provider", remedy: "edit-prompt" },
  bad_request: { label: "asked for something the model can't do", remedy: "edit-prompt" },
  rate_limited: { label: "told to slow down too often", remedy: "retry" },
  overloaded: { label: "met an overloaded provider", remedy: "retry" },
  timeout: { label: "no answer in time", remedy: "retry" },
  auth: { label: "refused with the key", remedy: "retry" },
  quota_exhausted: { label: "stopped for want of credit", remedy: "retry" },
  crashed: { label: "stopped the pixel process", remedy: "retry" },
  maybe: { label: "no answer, may have been charged", remedy: "retry-paid" },
};
const OTHER: Kind = { label: "stopped for another reason", remedy: "retry" };

/** Failed items by cause, the most frequent first. */
export function failureGroups(items: Iterable<ItemRow>): FailureGroup[] {
  const groups = new Map<string, FailureGroup>();
  for (const item of items) {
    // What was not run for want of an earlier step goes on by itself once that one worked.
    if (groupOf(item.status) !== "failed" || item.status === "unmet") continue;
    const code = causeOf(item);
    const group = groups.get(code) ?? { code, itemIds: [], maybeCost: 0, ...(KINDS[code] ?? OTHER) };
    group.itemIds.push(item.id);
    group.maybeCost += item.maybeCost;
    groups.set(code, group);
  }
  return [...groups.values()].sort((a, b) => b.itemIds.length - a.itemIds.length);
}

/** Whether other words are more likely to help than the same again. */
export function needsOtherWords(item: ItemRow): boolean {
  return groupOf(item.status) === "failed" && KINDS[causeOf(item)]?.remedy === "edit-prompt";
}

/** "22 blocked by the provider, 9 no answer in time"; the number of an only cause stands before it already. */
export function groupsWords(groups: readonly FailureGroup[]): string {
  const words = groups.map(({ label, maybeCost, itemIds }) => ({
    count: countWords(itemIds.length),
    label: maybeCost > 0 ? `${label} (${formatMoney(maybeCost)})` : label,
  }));
  const [only, ...others] = words;
  if (only && others.length === 0) return only.label;
  return words.map(({ count, label }) => `${count} ${label}`).join(", ");
}

function causeOf({ status, maybeCost, error }: ItemRow): string {
  if (status === "blocked") return "blocked";
  return maybeCost > 0 ? "maybe" : (error?.code ?? "unknown");
}
