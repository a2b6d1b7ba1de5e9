import { groupOf } from "@/lib/items/status";
import type { ItemRow } from "@/lib/items/wire";

export type FailureGroup = {
  code: string;
  /** Words after the number: "blocked by the safety check". */
  label: string;
  itemIds: string[];
  /** What can help: the same again, or other words. */
  remedy: "retry" | "edit-prompt";
};

const LABELS: Record<string, { label: string; remedy: FailureGroup["remedy"] }> = {
  blocked: { label: "blocked by the safety check", remedy: "edit-prompt" },
  bad_request: { label: "asked for something the model can't do", remedy: "edit-prompt" },
  rate_limited: { label: "told to slow down too often", remedy: "retry" },
  overloaded: { label: "met a busy model", remedy: "retry" },
  timeout: { label: "got no answer in time", remedy: "retry" },
  auth: { label: "refused by the provider's key check", remedy: "retry" },
  quota_exhausted: { label: "stopped for want of credit", remedy: "retry" },
  crashed: { label: "stopped the pixel process", remedy: "retry" },
};
const OTHER = { label: "stopped for another reason", remedy: "retry" } as const;

/** Failed items by cause, the most frequent first. */
export function failureGroups(items: Iterable<ItemRow>): FailureGroup[] {
  const groups = new Map<string, FailureGroup>();
  for (const item of items) {
    if (groupOf(item.status) !== "failed") continue;
    const code = item.status === "blocked" ? "blocked" : (item.error?.code ?? "unknown");
    const group = groups.get(code) ?? { code, itemIds: [], ...(LABELS[code] ?? OTHER) };
    group.itemIds.push(item.id);
    groups.set(code, group);
  }
  return [...groups.values()].sort((a, b) => b.itemIds.length - a.itemIds.length);
}
