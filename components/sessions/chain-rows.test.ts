import { describe, expect, test } from "vitest";
import { frameWords, redoLabel, statusWords, tileName } from "@/components/items/item-words";
import { chosenItems } from "@/components/items/selection-bar";
import { filterCount, visibleTiles } from "@/components/items/status-filter";
import type { ItemStatus } from "@/db/schema/items";
import { type ItemRow, untriedRow } from "@/lib/items/wire";
import type { ChainStep } from "@/lib/steps/types";
import { chainsOf, countsAt, feedersOf, lackingOf, lastPlace, type SheetRow, withRows } from "./chain-rows";

const step = (source: number, over: Partial<ChainStep> = {}): ChainStep => ({
  id: `step after ${source}`,
  prompt: "",
  settings: null,
  source,
  references: [],
  enabled: true,
  ...over,
});
const THREE = [step(0), step(1), step(2)];

function row(input: number, place: number, status: ItemStatus, over: Partial<ItemRow> = {}): ItemRow {
  const id = `${input}.${place}`;
  const imageId = status === "completed" ? `image ${id}` : null;
  return untriedRow({
    ...{ id, inputId: `input ${input}`, position: input, stepPosition: place, status, imageId },
    ...over,
  });
}

function chains(rows: readonly ItemRow[], steps = THREE) {
  const made = chainsOf(new Map(rows.map((one) => [one.id, one])), steps);
  if (!made) throw new Error("one step");
  return made;
}

/** Rows of input 1 whose steps have these statuses; null: never run. */
function tile(statuses: readonly (ItemStatus | null)[], place: number, steps = THREE): SheetRow {
  const rows = statuses.flatMap((status, at) => (status ? [row(1, at + 1, status)] : []));
  const found = chains(rows, steps).byInput.get("input 1")?.rows[place - 1];
  if (!found) throw new Error("no tile");
  return found;
}

describe("a tile of a chain", () => {
  test.each([
    [["running", "queued", "queued"], 3, "Generating", "Step 1 of 3", "Generating · Step 1 of 3"],
    [["completed", "running", "queued"], 3, "Generating", "Step 2 of 3", "Generating · Step 2 of 3"],
    [["completed", "running", "queued"], 2, "Generating", "Step 2 of 3", "Generating · Step 2 of 3"],
    [["queued", "queued", "queued"], 3, "Queued", undefined, "7th in line"],
    [["queued", "queued", "queued"], 1, "Queued", undefined, "7th in line"],
    [["waiting", "queued", "queued"], 2, "Waiting", "Step 1 of 3", "Waits for step 1"],
    [["completed", "completed", null], 3, "Not run yet", undefined, "Not run yet"],
  ] as const)("%j, looked at step %i: %s", (statuses, place, text, detail, inFrame) => {
    const shown = tile(statuses, place);
    const words = statusWords(shown);
    expect([words.text, words.detail]).toEqual([text, detail]);
    expect(frameWords(shown, { now: 0, place: 7 })).toBe(inFrame);
  });

  test("says that the step it waits for is in a batch, and is in no line behind one", () => {
    const economy = { lane: "economy" } as const;
    const rows = [row(1, 1, "running", { ...economy, batchedAt: 5_000 }), row(1, 2, "queued", economy)];
    const [, second = row(0, 0, "queued")] = chains(rows).byInput.get("input 1")?.rows ?? [];
    expect(statusWords(second)).toMatchObject({ text: "In a batch", detail: "Step 1 of 3" });
    expect(frameWords(second, { now: 0, place: undefined })).toBe("Step 1 of 3 is in a batch");
    const waiting = chains([row(1, 1, "queued", economy), row(2, 1, "queued")]);
    expect([...waiting.byInput.values()].map(({ inLine }) => inLine)).toEqual([[], ["2.1"]]);
    expect(chosenItems(new Set(["a"]), () => second).now).toEqual(["1.2"]);
  });

  test("says which step one that was not run would have needed", () => {
    const rows = [
      row(1, 1, "completed"),
      row(1, 2, "failed", { error: { code: "timeout", words: "No answer." } }),
      row(1, 3, "unmet", { needs: 2 }),
    ];
    const last = chains(rows).byInput.get("input 1")?.rows[2] ?? row(0, 0, "queued");
    expect(statusWords(last).text).toBe("Not run");
    expect(frameWords(last, { now: 0, place: undefined })).toBe("Not run: needs step 2");
    expect(redoLabel(last)).toBe("Retry");
  });

  test("is out of date with a picture its step would not make any more, until another is on its way", () => {
    const stale = row(1, 2, "completed", { stale: true });
    expect(statusWords(stale).text).toBe("Out of date");
    expect(statusWords({ ...stale, status: "queued" }).text).toBe("Queued");
    expect(statusWords(row(1, 2, "failed", { stale: true })).text).toBe("Failed");
  });

  test("names its step to a screen reader", () => {
    const shown = tile(["completed", "running", "queued"], 3);
    expect(tileName(shown, { name: "a.jpg", index: 0, count: 24 })).toBe(
      "a.jpg, generating, step 2 of 3, 1 of 24",
    );
  });
});

test("only the steps that feed one hold it up", () => {
  const branches = [step(0), step(0), step(1, { references: [0] }), step(3, { enabled: false }), step(4)];
  expect(feedersOf(branches)).toEqual([[], [], [1], [3, 1], [3, 1]]);
  expect(tile(["completed", "running", "queued", null, null], 3, branches).chain?.behind).toBeNull();
  expect(tile(["running", "completed", "queued", null, "queued"], 5, branches).chain?.behind).toEqual({
    place: 1,
    itemId: "1.1",
    status: "running",
    inBatch: false,
  });
});

describe("a sheet of a chain", () => {
  const rows = [
    ...[row(2, 1, "completed"), row(2, 2, "completed"), row(2, 3, "completed", { stale: true })],
    ...[row(1, 1, "completed"), row(1, 2, "running"), row(1, 3, "queued")],
    ...[row(3, 1, "completed"), row(3, 2, "failed"), row(3, 3, "unmet", { needs: 2 })],
    row(4, 1, "completed"),
  ];
  const all = chains(rows);
  const rowOf = (place: number) => (id: string) => all.byInput.get(id)?.rows[place - 1];

  test("has a tile for every input that took part, in the order of the inputs", () => {
    expect(all.order).toEqual(["input 1", "input 2", "input 3", "input 4"]);
  });

  test("counts images where they are on their way to the step that is shown", () => {
    const { counts, absent } = countsAt(all, 3);
    expect(counts).toMatchObject({ running: 1, completed: 1, unmet: 1, queued: 0 });
    expect(absent).toBe(1);
    const tiles = { counts, total: all.order.length };
    expect(filterCount(tiles, "all")).toBe(4);
    for (const filter of ["in-progress", "completed", "failed", "cancelled"] as const) {
      const shown = visibleTiles(
        { order: all.order, rowOf: rowOf(3) },
        { filter, query: "", nameOf: () => "" },
      );
      expect(shown).toHaveLength(filterCount(tiles, filter));
    }
  });

  test("acts on the shown step", () => {
    expect(chosenItems(new Set(all.order), rowOf(3))).toEqual({
      all: 4,
      run: ["input 4"],
      now: [],
      retry: ["3.3"],
      regenerate: ["2.3"],
      download: ["2.3"],
    });
    expect(chosenItems(new Set(all.order), rowOf(2))).toMatchObject({ retry: ["3.2"], run: ["input 4"] });
  });

  test("knows what its enabled steps lack", () => {
    expect(lackingOf(all)).toEqual({ stale: 1, absent: 2 });
    const without = [step(0), step(1, { enabled: false }), step(1)];
    expect(lackingOf(chains(rows, without))).toEqual({ stale: 1, absent: 1 });
  });

  test("shows the last enabled step that ran", () => {
    expect(lastPlace(THREE, all)).toBe(3);
    expect(lastPlace([...THREE.slice(0, 2), step(2, { enabled: false })], all)).toBe(2);
    const first = chains([row(1, 1, "completed")]);
    expect(lastPlace(THREE, first)).toBe(1);
    expect(lastPlace(THREE, null)).toBe(3);
  });

  test("keeps the tiles that did not change as they are", () => {
    const next = withRows(all, [row(1, 2, "completed")], THREE);
    expect(next.order).toBe(all.order);
    expect(next.byInput.get("input 2")).toBe(all.byInput.get("input 2"));
    expect(next.byInput.get("input 1")?.rows.map(({ status }) => status)).toEqual([
      "completed",
      "completed",
      "queued",
    ]);
    expect(next.byInput.get("input 1")?.rows[2]?.chain?.behind).toBeNull();
  });
});

test("a session of one step has no chain", () => {
  expect(chainsOf(new Map([["1.1", row(1, 1, "running")]]), [step(0)])).toBeNull();
  expect(statusWords(row(1, 1, "running")).detail).toBeUndefined();
});
