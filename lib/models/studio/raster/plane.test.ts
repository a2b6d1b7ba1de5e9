import { describe, expect, it } from "vitest";
import { cropPlane } from "./crop";
import { fitGuided } from "./guided-filter";
import { boxMean, makePlane, type Plane, sampleAt, softBlur } from "./plane";
import { readRows } from "./row-reader";

const noisy = planeOf(23, 17, (x, y) => ((x * 7919 + y * 104_729) % 101) / 100);

describe("boxMean", () => {
  it.each([0, 1, 3, 8, 40])("is the mean over the window cut at the frame, radius %i", (radius) => {
    const out = boxMean(noisy, radius);
    const naive = planeOf(23, 17, (x, y) => naiveMean(x, y, radius));
    expectClose(out, naive);
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

it("fitGuided gives a point what its surroundings say, wherever its tiles lie", () => {
  const channel = (seed: number) =>
    planeOf(300, 150, (x, y) => ((x * 7919 + y * 104_729 + seed) % 101) / 100);
  const guide = { red: channel(1), green: channel(2), blue: channel(50) };
  const disc = planeOf(300, 150, (x, y) => Math.min(Math.max(20 - Math.hypot(x - 125, y - 70), 0), 1));
  const whole = fitGuided(guide, disc, 3, 1e-3);
  const box = { x: 37, y: 21, width: 200, height: 120 };
  const { red, green, blue } = guide;
  const cut = { red: cropPlane(red, box), green: cropPlane(green, box), blue: cropPlane(blue, box) };
  const part = fitGuided(cut, cropPlane(disc, box), 3, 1e-3);
  // Within twice the radius of a border the windows differ.
  const inner = { x: 6, y: 6, width: 188, height: 108 };
  for (const of of ["red", "green", "blue", "offset"] as const) {
    expectClose(cropPlane(part[of], inner), cropPlane(cropPlane(whole[of], box), inner));
  }
  const flat = { x: 0, y: 0, width: 60, height: 40 };
  expect(new Set(cropPlane(whole.offset, flat).data)).toEqual(new Set([0]));
  expect(Math.max(...cropPlane(whole.red, { x: 80, y: 30, width: 90, height: 90 }).data)).toBeGreaterThan(0);
});

function expectClose(plane: Plane, other: Plane) {
  const most = plane.data.reduce((so, value, i) => Math.max(so, Math.abs(value - (other.data[i] ?? 0))), 0);
  expect(most).toBeLessThan(5e-6);
}

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
