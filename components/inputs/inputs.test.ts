import { describe, expect, test } from "vitest";
import type { InputRow } from "@/lib/inputs/wire";
import { moveInGrid } from "./grid-moves";
import { listInputs } from "./input-list";
import { moveSelection, NOTHING_SELECTED } from "./selection";
import { startReadiness } from "./start-readiness";

function row(position: number, over: Partial<InputRow> = {}): InputRow {
  return {
    id: `id-${position}`,
    position,
    state: "ready",
    name: `SKU-${position}.jpg`,
    path: "",
    bytes: 10,
    width: 100,
    height: 80,
    imageId: `image-${position}`,
    alpha: false,
    thumbhash: null,
    promptMode: "inherit",
    promptStart: "",
    excluded: false,
    removed: false,
    refusal: null,
    notices: [],
    modified: null,
    ...over,
  };
}

describe("the input list", () => {
  const rows = [
    row(1),
    row(2, { imageId: "image-1" }),
    row(3, { promptMode: "append", path: "back" }),
    row(4, { state: "refused", imageId: null, refusal: { code: "EMPTY_FILE", facts: {} } }),
    row(5, { state: "uploading", imageId: null }),
    row(6, { removed: true }),
  ];

  test("counts what is in it, without what was removed", () => {
    const list = listInputs(rows, "all", "");
    expect(list.counts).toEqual({ all: 5, custom: 1, duplicate: 1, excluded: 0, refused: 1 });
    expect([list.ready, list.uploading, list.probing, list.bytes]).toEqual([3, 1, 0, 40]);
    expect(list.copyOf.get("id-2")?.position).toBe(1);
  });

  test.each([
    ["custom", ["id-3"]],
    ["duplicate", ["id-2"]],
    ["refused", ["id-4"]],
  ] as const)("the filter %s leaves its own", (filter, ids) => {
    expect(listInputs(rows, filter, "").shown.map(({ id }) => id)).toEqual(ids);
  });

  test("what is left out stays in the list, is no longer counted to start, and has a filter", () => {
    const out = { excluded: true, promptMode: "replace", promptStart: "sepia" } as const;
    const list = listInputs([row(1), row(2, out)], "excluded", "");
    expect(list.shown.map(({ id }) => id)).toEqual(["id-2"]);
    expect(list.counts).toMatchObject({ all: 2, custom: 0, excluded: 1 });
    expect(list.ready).toBe(1);
  });

  test("the search covers folders and takes no notice of case", () => {
    expect(listInputs(rows, "all", "BACK/sku").shown.map(({ id }) => id)).toEqual(["id-3"]);
    expect(listInputs(rows, "all", "zebra").shown).toEqual([]);
  });

  test("a removed original leaves its copy without a mark", () => {
    const list = listInputs([row(1, { removed: true }), row(2, { imageId: "image-1" })], "all", "");
    expect(list.copyOf.size).toBe(0);
  });
});

describe("selection", () => {
  const order = ["a", "b", "c", "d"];

  test("a range runs from the last toggled to the one pressed, either way", () => {
    const start = moveSelection(NOTHING_SELECTED, { type: "toggle", id: "c" });
    expect([...moveSelection(start, { type: "range", id: "a", order }).ids].sort()).toEqual(["a", "b", "c"]);
    expect([...moveSelection(start, { type: "range", id: "d", order }).ids].sort()).toEqual(["c", "d"]);
  });

  test("what left the list is no longer selected", () => {
    const all = moveSelection(NOTHING_SELECTED, { type: "all", order });
    expect([...moveSelection(all, { type: "keep", order: ["b", "d"] }).ids]).toEqual(["b", "d"]);
    expect(moveSelection(all, { type: "keep", order })).toBe(all);
  });
});

test.each([
  ["ArrowRight", false, 2, 3],
  ["ArrowRight", false, 9, 9],
  ["ArrowDown", false, 1, 5],
  ["ArrowDown", false, 7, 9],
  ["ArrowDown", false, 9, 9],
  ["ArrowUp", false, 2, 2],
  ["ArrowUp", false, 6, 2],
  ["Home", false, 6, 4],
  ["End", false, 5, 7],
  ["End", false, 8, 9],
  ["Home", true, 6, 0],
  ["End", true, 1, 9],
  ["PageDown", false, 0, 8],
  ["PageUp", false, 9, 1],
  ["a", false, 4, null],
])("%s (ctrl %s) goes from cell %i to %s in rows of 4", (key, ctrl, at, to) => {
  expect(moveInGrid({ key, ctrl, at, columns: 4, count: 10, page: 2 })).toBe(to);
});

describe("readiness to start", () => {
  const facts = { ready: 3, coming: 0, missing: 0, promptEmpty: false, custom: 0, understood: true };

  test.each([
    ["ready", {}, null],
    ["blocked", { ready: 0 }, "Add images to start."],
    ["blocked", { ready: 0, missing: 2 }, "Choose the missing files again."],
    ["blocked", { promptEmpty: true }, "Write a prompt to start."],
    ["ready", { understood: false }, "The model finds nothing to do in this prompt. 3 images will fail."],
    ["ready", { understood: false, custom: 3 }, null],
    ["ready", { promptEmpty: true, custom: 3 }, null],
    ["ready", { promptEmpty: true, custom: 1 }, "2 images have no prompt and will fail."],
    ["coming", { coming: 2 }, "2 images still on the way."],
    ["ready", { missing: 1 }, "1 file never arrived and will be left out."],
  ] as const)("is %s with %j", (kind, over, words) => {
    expect(startReadiness({ ...facts, ...over })).toEqual({ kind, words });
  });
});
