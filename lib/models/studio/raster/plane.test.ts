import { describe, expect, it } from "vitest";
import { fitGuided } from "./guided-filter";
import { boxMean, makePlane, type Plane, sampleAt, softBlur } from "./plane";
import { readRows } from "./row-reader";

const noisy = planeOf(23, 17, (x, y) => ((x * 7919 + y * 104_729) % 101) / 100);

describe("boxMean", () => {
  it.each([0, 1, 3, 8, 40])("is the mean over the window cut at the frame, radius %i", (radius) => {
    const out = boxMean(noisy, radius);
    for (const [x, y] of [
      [0, 0],
      [22, 16],
      [11, 8],
      [3, 15],
      [22, 0],
    ] as const) {
      expect(out.data[y * 23 + x]).toBeCloseTo(naiveMean(x, y, radius), 5);
    }
  });

  it("may write over its source", () => {
    const copy = { ...noisy, data: noisy.data.slice() };
    expect(boxMean(copy, 2, copy).data).toEqual(boxMean(noisy, 2).data);
  });
});

it("softBlur keeps the sum of a spot and spreads it by its sigma", () => {
  const spot = planeOf(81, 81, (x, y) => (x === 40 && y === 40 ? 1 : 0));
  const { data } = softBlur(spot, 5);
  let [sum, spread] = [0, 0];
  data.forEach((value, i) => {
    sum += value;
    spread += value * ((i % 81) - 40) ** 2;
  });
  expect(sum).toBeCloseTo(1, 3);
  expect(Math.sqrt(spread)).toBeCloseTo(5, 0);
});

it("readRows and sampleAt stretch alike, also from a single pixel", () => {
  for (const plane of [noisy, planeOf(1, 1, () => 0.5)]) {
    const rows = readRows(plane, 60, 50);
    for (let y = 0; y < 50; y += 7) {
      const row = rows(y);
      for (let x = 0; x < 60; x += 5) {
        expect(row[x]).toBeCloseTo(sampleAt(plane, (x + 0.5) / 60, (y + 0.5) / 50), 5);
      }
    }
  }
});

it("fitGuided moves a blurred edge to where the guide has it", () => {
  const guide = planeOf(60, 40, (x) => (x < 30 ? 0.2 : 0.8));
  const blurred = softBlur(guide, 4);
  const c = fitGuided({ red: guide, green: guide, blue: guide }, blurred, 6, 1e-4);
  const out = (x: number) => {
    const i = 20 * 60 + x;
    const value = guide.data[i] ?? 0;
    const slope = (c.red.data[i] ?? 0) + (c.green.data[i] ?? 0) + (c.blue.data[i] ?? 0);
    return slope * value + (c.offset.data[i] ?? 0);
  };
  expect(out(30) - out(29)).toBeGreaterThan(0.25);
  expect((blurred.data[20 * 60 + 30] ?? 0) - (blurred.data[20 * 60 + 29] ?? 0)).toBeLessThan(0.08);
});

function planeOf(width: number, height: number, valueAt: (x: number, y: number) => number): Plane {
  const plane = makePlane(width, height);
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = valueAt(i % width, Math.floor(i / width));
  return plane;
}

function naiveMean(x: number, y: number, radius: number): number {
  let [sum, count] = [0, 0];
  for (let row = Math.max(0, y - radius); row <= Math.min(16, y + radius); row++) {
    for (let column = Math.max(0, x - radius); column <= Math.min(22, x + radius); column++) {
      sum += noisy.data[row * 23 + column] ?? 0;
      count++;
    }
  }
  return sum / count;
}
