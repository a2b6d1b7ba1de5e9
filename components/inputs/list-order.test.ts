import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { InputRow } from "@/lib/inputs/wire";
import { archiveNames } from "@/lib/zip/names";
import { type Naming, sameNames } from "./same-names";
import { sortInputs, sortOf } from "./sort-inputs";

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

describe("the order of the list", () => {
  const rows = [
    row(1, { name: "img10.jpg", width: 0, height: 0, bytes: 300, state: "uploading" }),
    row(2, { name: "IMG2.jpg", width: 400, bytes: 300, promptMode: "append" }),
    row(3, { name: "img2.jpg", path: "back", width: 50, bytes: 20, notices: ["REPAIRED"] }),
    row(4, { name: "été.jpg", width: 400, bytes: 0, promptMode: "replace" }),
    row(5, { name: "img1.png", width: 0, height: 0, bytes: 40, state: "refused" }),
    row(6, { name: "img2.jpg", bytes: 40 }),
  ];

  test.each([
    ["added", [1, 2, 3, 4, 5, 6]],
    ["name", [4, 5, 2, 6, 3, 1]],
    ["pixels", [2, 4, 6, 3, 1, 5]],
    ["pixels-up", [3, 6, 2, 4, 1, 5]],
    ["bytes", [1, 2, 5, 6, 3, 4]],
    ["bytes-up", [3, 5, 6, 1, 2, 4]],
    ["problems", [5, 1, 3, 2, 4, 6]],
    ["own", [2, 4, 1, 3, 5, 6]],
  ] as const)("%s: natural, what is unknown last, equal ones as added", (sort, positions) => {
    expect(sortInputs(rows, sort).map(({ position }) => position)).toEqual(positions);
    expect(rows.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("what an address names wrongly is the order of adding", () => {
    expect([sortOf("name"), sortOf("nonsense"), sortOf(null)]).toEqual(["name", "added", "added"]);
  });
});

describe("rows of one name", () => {
  const naming: Naming = { pattern: "{source}", format: "png", session: "Autumn" };
  const noted = (rows: readonly InputRow[], over: Partial<Naming> = {}) =>
    Object.fromEntries(sameNames(rows, { ...naming, ...over }));

  test("the later ones are told what their results will be called, the ending and case aside", () => {
    const rows = [
      row(1, { name: "cat (2).jpg" }),
      row(3, { name: "cat.jpg" }),
      row(4, { name: "CAT.JPG" }),
      row(5, { name: "cat.webp", path: "back" }),
      row(6, { name: "cat.png" }),
    ];
    expect(noted(rows)).toEqual({
      "id-4": "Same name as 0003: its result will be called CAT (3).png",
      "id-6": "Same name as 0003: its result will be called cat (4).png",
    });
  });

  test("what makes no result takes no name, and numbers keep results apart", () => {
    const cat = { name: "cat.jpg" };
    const out = [row(1, { ...cat, excluded: true }), row(2, { ...cat, removed: true })];
    expect(noted([...out, row(3, { ...cat, state: "refused" }), row(4, cat)])).toEqual({});
    expect(noted([row(1, cat), row(2, cat)], { pattern: "{n}_{source}" })).toEqual({});
    expect(noted([row(1, cat), row(2), row(3, cat)], { pattern: "{session}" })["id-3"]).toMatch(
      "Autumn (3).png",
    );
  });

  test("are called what the archive of the whole list calls them", () => {
    const name = fc.tuple(
      fc.constantFrom("cat", "Cat", "cat (2)", "CAT (3)", "cat (2) (2)", "ﬁn", "fin", "dog"),
      fc.constantFrom(".jpg", ".JPG", ".png", ""),
    );
    const file = fc.record({
      name: name.map((parts) => parts.join("")),
      path: fc.constantFrom("", "a", "A"),
    });
    fc.assert(
      fc.property(fc.array(file, { maxLength: 14 }), (files) => {
        const rows = files.map((one, index) => row(index + 1, one));
        const whole = archiveNames(
          rows.map(({ position, name: sourceName, path: sourcePath }) => {
            return { n: position, sourceName, sourcePath, variant: 1, format: "png" as const };
          }),
          naming,
        );
        for (const [id, words] of sameNames(rows, naming)) {
          const at = rows.findIndex((one) => one.id === id);
          expect(words.split(" called ")[1]).toBe(whole[at]?.split("/").at(-1));
        }
      }),
    );
  });
});
