import type { ItemStatus } from "@/db/schema/items";

/** The three words people see first (FEATURES.md F24); finer words live under them. */
export const STATUS_GROUPS = {
  "in-progress": ["queued", "running", "waiting"],
  completed: ["completed", "reused"],
  failed: ["failed", "blocked", "unmet"],
} as const satisfies Record<string, readonly ItemStatus[]>;

export type StatusGroup = keyof typeof STATUS_GROUPS;

/** Null for cancelled items: they are in no group. */
export function groupOf(status: ItemStatus): StatusGroup | null {
  switch (status) {
    case "queued":
    case "running":
    case "waiting":
      return "in-progress";
    case "completed":
    case "reused":
      return "completed";
    case "failed":
    case "blocked":
    case "unmet":
      return "failed";
    case "cancelled":
      return null;
  }
}

const NEXT: Record<ItemStatus, readonly ItemStatus[]> = {
  queued: ["running", "cancelled", "completed", "unmet"],
  waiting: ["running", "cancelled", "completed", "unmet", "queued"],
  running: ["completed", "reused", "failed", "blocked", "waiting", "queued", "cancelled"],
  completed: ["queued"],
  reused: ["queued"],
  failed: ["queued"],
  blocked: ["queued"],
  cancelled: ["queued"],
  unmet: ["queued"],
};

/**
 * Whether an item may go from one status to the other. `queued -> completed` is a regeneration called off:
 * the item keeps the result it had. `unmet` is an item whose earlier step has no result to give it.
 */
export function mayBecome(from: ItemStatus, to: ItemStatus): boolean {
  return NEXT[from].includes(to);
}

/** No work is under way or to come. */
export function isSettled(status: ItemStatus): boolean {
  return groupOf(status) !== "in-progress";
}
