import type { SheetRow } from "@/components/sessions/chain-rows";
import { groupOf, type StatusGroup } from "@/lib/items/status";
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

export function filterCount(
  { counts, total }: { counts: ItemCounts; total: number },
  filter: StatusFilter,
): number {
  switch (filter) {
    case "all":
      return total;
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
export function visibleTiles(
  { order, rowOf }: { order: readonly string[]; rowOf: (id: string) => SheetRow | undefined },
  { filter, query, nameOf }: { filter: StatusFilter; query: string; nameOf: (inputId: string) => string },
): readonly string[] {
  const wanted = query.trim().toLowerCase();
  if (filter === "all" && !wanted) return order;
  return order.filter((id) => {
    const item = rowOf(id);
    if (!item) return false;
    if (filter !== "all" && filterFor(item) !== filter) return false;
    return !wanted || nameOf(item.inputId).toLowerCase().includes(wanted);
  });
}

/** Null: what has not run yet is in no group. */
function filterFor({ status, chain }: SheetRow): StatusFilter | null {
  return chain?.absent ? null : (groupOf(status) ?? "cancelled");
}
