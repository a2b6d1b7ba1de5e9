import { groupOf, type StatusGroup } from "@/lib/items/status";
import type { ItemRow } from "@/lib/items/wire";
import type { ItemCounts } from "@/lib/sessions/wire";

export const STATUS_FILTERS = ["all", "in-progress", "completed", "failed", "cancelled"] as const;
/** The three groups people see, everything, and what was called off. */
export type StatusFilter = "all" | StatusGroup | "cancelled";

export const FILTER_LABELS: Record<StatusFilter, string> = {
  all: "All",
  "in-progress": "In progress",
  completed: "Completed",
  failed: "Failed",
  cancelled: "Cancelled",
};

export function filterOf(value: string | null): StatusFilter {
  return STATUS_FILTERS.find((filter) => filter === value) ?? "all";
}

export function filterCount(counts: ItemCounts, filter: StatusFilter): number {
  switch (filter) {
    case "all":
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    case "in-progress":
      return counts.queued + counts.running + counts.waiting;
    case "completed":
      return counts.completed + counts.reused;
    case "failed":
      return counts.failed + counts.blocked + counts.unmet;
    case "cancelled":
      return counts.cancelled;
  }
}

/** Ids of the tiles to show, in their order. `nameOf` gives the source's name; `query` is searched in it. */
export function visibleItems(
  { order, items }: { order: readonly string[]; items: ReadonlyMap<string, ItemRow> },
  { filter, query, nameOf }: { filter: StatusFilter; query: string; nameOf: (inputId: string) => string },
): readonly string[] {
  const wanted = query.trim().toLowerCase();
  if (filter === "all" && !wanted) return order;
  return order.filter((id) => {
    const item = items.get(id);
    if (!item) return false;
    if (filter !== "all" && (groupOf(item.status) ?? "cancelled") !== filter) return false;
    return !wanted || nameOf(item.inputId).toLowerCase().includes(wanted);
  });
}
