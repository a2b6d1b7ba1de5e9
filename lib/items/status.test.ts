import { describe, expect, test } from "vitest";
import { ITEM_STATUSES } from "@/db/schema/items";
import { groupOf, isSettled, mayBecome, STATUS_GROUPS } from "./status";

test("every status is in one group or is cancelled", () => {
  const grouped: string[] = Object.values(STATUS_GROUPS).flat();
  for (const status of ITEM_STATUSES) {
    expect(grouped.filter((one) => one === status)).toHaveLength(status === "cancelled" ? 0 : 1);
    const group = groupOf(status);
    if (group) expect(STATUS_GROUPS[group]).toContain(status);
  }
});

describe("transitions", () => {
  test.each([
    ["queued", "running", true],
    ["waiting", "running", true],
    ["running", "completed", true],
    ["running", "waiting", true],
    ["completed", "queued", true],
    ["queued", "completed", true],
    ["completed", "running", false],
    ["completed", "failed", false],
    ["failed", "completed", false],
    ["cancelled", "running", false],
    ["waiting", "failed", false],
  ] as const)("%s -> %s: %s", (from, to, allowed) => {
    expect(mayBecome(from, to)).toBe(allowed);
  });

  test("a settled item only goes back to the queue", () => {
    for (const from of ITEM_STATUSES.filter(isSettled)) {
      expect(ITEM_STATUSES.filter((to) => mayBecome(from, to))).toEqual(["queued"]);
    }
  });
});
