import { describe, expect, test } from "vitest";
import { type ItemRow, untriedRow } from "@/lib/items/wire";
import { failureGroups, groupsWords } from "./failure-groups";
import { edgeWords, frameWords, redoLabel, statusWords, tileName } from "./item-words";
import { visibleTiles } from "./status-filter";
import { tileGeometry } from "./tile-geometry";

function item(id: string, over: Partial<ItemRow> = {}): ItemRow {
  return untriedRow({ id, inputId: `source of ${id}`, position: 1, stepPosition: 1, ...over });
}

test("filters and search leave the order as it is", () => {
  const items = new Map(
    [
      item("a", { status: "completed" }),
      item("b", { status: "failed" }),
      item("c", { status: "reused" }),
    ].map((row) => [row.id, row]),
  );
  const rows = { order: ["a", "b", "c"], rowOf: (id: string) => items.get(id) };
  const nameOf = (inputId: string) => inputId.toUpperCase();
  expect(visibleTiles(rows, { filter: "all", query: " ", nameOf })).toBe(rows.order);
  expect(visibleTiles(rows, { filter: "completed", query: "", nameOf })).toEqual(["a", "c"]);
  expect(visibleTiles(rows, { filter: "all", query: "of c", nameOf })).toEqual(["c"]);
  expect(visibleTiles(rows, { filter: "cancelled", query: "", nameOf })).toEqual([]);
});

test("failures are grouped by cause, and blind retries are offered only where they can help", () => {
  const timeout = { code: "timeout", words: "No answer." };
  const groups = failureGroups([
    item("a", { status: "failed", error: timeout }),
    item("b", { status: "blocked", error: { code: "moderation", words: "Refused." } }),
    item("c", { status: "blocked" }),
    item("d", { status: "failed" }),
    item("e", { status: "completed" }),
  ]);
  expect(groups.map(({ code, itemIds, remedy }) => [code, itemIds.length, remedy])).toEqual([
    ["blocked", 2, "edit-prompt"],
    ["timeout", 1, "retry"],
    ["unknown", 1, "retry"],
  ]);
  expect(groupsWords(groups)).toBe(
    "2 blocked by the provider, 1 no answer in time, 1 stopped for another reason",
  );
});

test("what may have been charged is a cause of its own, with its sum", () => {
  const lost = { status: "failed", error: { code: "timeout", words: "" }, maybeCost: 42_000 } as const;
  const groups = failureGroups([item("a", lost), item("b", lost)]);
  expect(groups).toMatchObject([{ code: "maybe", remedy: "retry-paid", maybeCost: 84_000 }]);
  expect(groupsWords(groups)).toBe("no answer, may have been charged ($0.084)");
});

describe("words of a tile", () => {
  const at = { now: 100_000, place: 214 };
  test.each([
    [item("a"), "214th in line"],
    [item("a", { status: "running", startedAt: 86_000 }), "Generating 14 s"],
    [
      item("a", { status: "waiting", dueAt: 140_000, error: { code: "rate_limited", words: "" } }),
      "Waiting: rate limit, 40 s",
    ],
    [item("a", { status: "waiting", dueAt: 90_000 }), "Waiting: next try, goes on now"],
    [
      item("a", { status: "failed", error: { code: "timeout", words: "No answer after 4 tries." } }),
      "No answer after 4 tries.",
    ],
    [
      item("a", {
        status: "failed",
        maybeCost: 42_000,
        error: { code: "timeout", words: "The answer got lost." },
      }),
      "The answer got lost. May have been charged ($0.042).",
    ],
  ])("%#", (row, words) => {
    expect(frameWords(row, at)).toBe(words);
  });

  test.each([
    [{ status: "queued" }, "Waits for the next batch", "Queued"],
    [{ status: "waiting" }, "Waits for the next batch", "Waiting"],
    [{ status: "running", batchedAt: 0 }, "Its batch is being put together", "In a batch"],
    [{ status: "running", batchedAt: 60_000 }, /^In a batch since \d\d:\d\d$/, "In a batch"],
    [
      { status: "running", batchedAt: 60_000, lane: "live" },
      "Leaves its batch, then is made now",
      "In a batch",
    ],
    [{ status: "running", startedAt: 1 }, /^Generating$/, "Generating"],
    [{ status: "failed", error: { code: "x", words: "No." } }, "No.", "Failed"],
  ] as const)("say where one of the half-price lane is: %j", (over, inFrame, pill) => {
    const row = item("a", { lane: "economy", ...over });
    expect(frameWords(row, at)).toMatch(inFrame);
    expect(statusWords(row).text).toBe(pill);
  });

  test("offer to make now what waits for a batch or is in one, and nothing else", () => {
    const waits = item("a", { lane: "economy" });
    expect(redoLabel(waits)).toBe("Make it now at the full price…");
    expect(tileName(waits, { name: "a.jpg", index: 0, count: 2 })).toBe(
      "a.jpg, waits for the next batch, 1 of 2",
    );
    for (const over of [{ status: "running" }, { status: "failed" }, { lane: "live" }] as const) {
      expect(redoLabel({ ...waits, ...over })).toBe("Retry");
    }
  });

  test("name what failed to a screen reader", () => {
    const failed = item("a", { status: "failed", error: { code: "timeout", words: "No answer." } });
    expect(tileName(failed, { name: "SKU-1.jpg", index: 6, count: 9 })).toBe(
      "SKU-1.jpg, failed: No answer., 7 of 9",
    );
  });

  test("tell cost at the edge, and what is not sure of it", () => {
    const made = item("a", {
      status: "completed",
      imageId: "i",
      tookMs: 24_000,
      attemptCount: 1,
      cost: 42_000,
    });
    expect(edgeWords(made)).toBe("24 s · $0.042");
    expect(edgeWords({ ...made, attemptCount: 2, cost: 84_000, maybeCost: 42_000 })).toBe(
      "24 s · up to $0.084 · 2 attempts",
    );
    expect(edgeWords({ ...made, status: "reused", cost: 0 })).toBe("$0.00");
    expect(edgeWords({ ...made, lane: "economy" })).toBe("$0.042");
  });

  test("say where a result was made before", () => {
    expect(statusWords({ status: "reused", reusedFrom: 412 }).text).toBe("Reused from 0412");
    expect(statusWords({ status: "reused", reusedFrom: 0 }).text).toBe("Reused");
  });

  test("tell time and attempts at the edge", () => {
    const made = item("a", { status: "completed", imageId: "i", tookMs: 24_000, attemptCount: 2 });
    expect(edgeWords(made)).toBe("24 s · 2 attempts");
    expect(edgeWords({ ...made, status: "running", attemptCount: 3 })).toBe("3 attempts");
    expect(edgeWords(item("a"))).toBe("");
  });
});

describe("shape of the grid", () => {
  test("tiles fill the width exactly and never fall below two columns on a phone", () => {
    for (const width of [288, 358, 736, 1_160, 2_300]) {
      for (const layout of ["pair", "result"] as const) {
        const { columns, tile, gapX } = tileGeometry(width, { size: 2, layout });
        expect(columns * tile + (columns - 1) * gapX).toBeCloseTo(width);
        expect(columns).toBeGreaterThanOrEqual(2);
      }
    }
  });

  test("source and result stand side by side where there is room, one above the other where there is not", () => {
    expect(tileGeometry(1_160, { size: 2, layout: "pair" }).stacked).toBe(false);
    expect(tileGeometry(358, { size: 2, layout: "pair" }).stacked).toBe(true);
    expect(tileGeometry(358, { size: 4, layout: "pair" })).toMatchObject({ columns: 1, stacked: false });
  });

  test("larger tiles mean fewer columns", () => {
    const columns = [0, 1, 2, 3, 4].map((size) => tileGeometry(1_160, { size, layout: "result" }).columns);
    expect(columns).toEqual([...columns].sort((a, b) => b - a));
    expect(columns[0]).toBeGreaterThan(columns[4] ?? 0);
  });
});
