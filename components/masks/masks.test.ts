import { describe, expect, test } from "vitest";
import { add, boxBetween, EMPTY_HISTORY, fitBox, nextBrush, opsOf, redo, undo } from "./mask-history";
import { markedShare, maskSize, toMarks } from "./mask-pixels";
import { firstTools, moveBox } from "./tools";

const clear = { kind: "clear" } as const;
const invert = { kind: "invert" } as const;
const picture = { width: 400, height: 300 };

describe("history", () => {
  test("goes back and forth, and a new step ends what was taken back", () => {
    const two = add(add(EMPTY_HISTORY, clear), invert);
    expect(opsOf(undo(two))).toEqual([clear]);
    expect(redo(undo(two))).toEqual(two);
    expect(redo(add(undo(two), clear))).toEqual(add(undo(two), clear));
    expect(undo(EMPTY_HISTORY)).toBe(EMPTY_HISTORY);
    expect(redo(two)).toBe(two);
  });

  test("never takes away what was stored before", () => {
    const stored = { ...EMPTY_HISTORY, base: invert };
    expect(opsOf(undo(undo(add(stored, clear))))).toEqual([invert]);
  });
});

describe("rectangle", () => {
  test.each([
    ["inside", { left: 10, top: 20, width: 30, height: 40 }, { left: 10, top: 20, width: 30, height: 40 }],
    [
      "over the edge",
      { left: 390, top: -5, width: 30, height: 40 },
      { left: 370, top: 0, width: 30, height: 40 },
    ],
    ["too large", { left: 5, top: 5, width: 900, height: 0 }, { left: 0, top: 5, width: 400, height: 1 }],
  ])("%s: whole pixels of the picture", (_, given, fitted) => {
    expect(fitBox(given, picture)).toEqual(fitted);
  });

  test("may be drawn from any corner", () => {
    const box = { left: 2, top: 3, width: 6, height: 4 };
    expect(boxBetween({ x: 8, y: 3 }, { x: 2, y: 7 })).toEqual(box);
    expect(boxBetween({ x: 2, y: 7 }, { x: 8, y: 3 })).toEqual(box);
  });

  test("arrows move it, with Shift size it, with Alt by a pixel, and others are not for it", () => {
    const { box } = firstTools(picture);
    const press = (key: string, keys = {}) =>
      moveBox(box, picture, { key, shiftKey: false, altKey: false, ...keys });
    expect(box).toEqual({ left: 100, top: 75, width: 200, height: 150 });
    expect(press("ArrowLeft")).toEqual({ ...box, left: 92 });
    expect(press("ArrowDown", { altKey: true })).toEqual({ ...box, top: 76 });
    expect(press("ArrowRight", { shiftKey: true, altKey: true })).toEqual({ ...box, width: 201 });
    expect(press("Home")).toBeNull();
  });
});

test("brush sizes grow and shrink by a tenth and stay in their bounds", () => {
  expect(nextBrush(100, 1, 500)).toBe(110);
  expect(nextBrush(4, -1, 500)).toBe(3);
  expect(nextBrush(1, -1, 500)).toBe(1);
  expect(nextBrush(499, 1, 500)).toBe(500);
});

test("a mask has the picture's size, or its proportions at 2,048 pixels", () => {
  expect(maskSize({ width: 480, height: 360 })).toEqual({ width: 480, height: 360 });
  expect(maskSize({ width: 4_096, height: 3_072 })).toEqual({ width: 2_048, height: 1_536 });
  expect(maskSize({ width: 10_000, height: 50 })).toEqual({ width: 2_048, height: 10 });
});

describe("a mask file", () => {
  const marksOf = (...pixels: [number, number, number, number][]) => {
    const data = new Uint8ClampedArray(pixels.flat());
    toMarks(data);
    return pixels.map((_, index) => data[index * 4 + 3]);
  };

  test("with transparency marks what is transparent, whatever its colours", () => {
    expect(marksOf([255, 255, 255, 255], [0, 0, 0, 0], [9, 9, 9, 55])).toEqual([0, 255, 200]);
  });

  test("without transparency marks what is white", () => {
    expect(marksOf([255, 255, 255, 255], [0, 0, 0, 255], [250, 240, 230, 255])).toEqual([255, 0, 255]);
  });

  test("tells how much of it is marked", () => {
    expect(markedShare(new Uint8ClampedArray([0, 0, 0, 255, 0, 0, 0, 0]))).toBe(0.5);
    expect(markedShare(new Uint8ClampedArray())).toBe(0);
  });
});
