import { describe, expect, it } from "vitest";
import { SCENE_NAMES } from "../../edit-plan";
import { paintScene } from "./paint-scene";

const scenery = { width: 240, height: 160, horizon: 0.52, lightFrom: -1, seed: 7 } as const;

describe("paintScene", () => {
  const plates = SCENE_NAMES.map((name) => paintScene(name, scenery).plate);

  it.each(SCENE_NAMES.map((name, i) => [name, i] as const))("%s is a full, finite picture", (_, i) => {
    for (const plane of Object.values(channelsOf(i))) {
      expect(plane.length).toBe(240 * 160);
      expect(plane.every((value) => value >= 0 && value <= 255)).toBe(true);
      expect(Math.max(...plane) - Math.min(...plane)).toBeGreaterThan(20);
    }
  });

  it("no two places look alike", () => {
    for (let i = 0; i < plates.length; i++) {
      for (let j = 0; j < i; j++)
        expect(distance(i, j), `${SCENE_NAMES[i]} and ${SCENE_NAMES[j]}`).toBeGreaterThan(9);
    }
  });

  it("the same frame and subject give the same place; another subject another one", () => {
    const again = paintScene("mountains", scenery).plate;
    const other = paintScene("mountains", { ...scenery, seed: 8 }).plate;
    const first = channelsOf(SCENE_NAMES.indexOf("mountains")).red;
    expect(again.red.data).toEqual(first);
    expect(other.red.data).not.toEqual(first);
  });

  it("holds for a strip, a single pixel and a horizon at the very top", () => {
    for (const frame of [
      { width: 900, height: 30 },
      { width: 1, height: 1 },
      { width: 32, height: 24, horizon: 0.2 },
    ]) {
      for (const name of SCENE_NAMES) {
        const { plate } = paintScene(name, { ...scenery, ...frame });
        for (const plane of [plate.red, plate.green, plate.blue]) {
          expect(plane.data.every(Number.isFinite), name).toBe(true);
        }
      }
    }
  });

  function channelsOf(index: number) {
    const plate = plates[index];
    if (!plate) throw new Error("no such place");
    return { red: plate.red.data, green: plate.green.data, blue: plate.blue.data };
  }

  /** Mean difference of all channels, 8-bit steps. */
  function distance(one: number, other: number): number {
    const [a, b] = [channelsOf(one), channelsOf(other)];
    let sum = 0;
    for (const channel of ["red", "green", "blue"] as const) {
      for (let i = 0; i < a[channel].length; i++)
        sum += Math.abs((a[channel][i] ?? 0) - (b[channel][i] ?? 0));
    }
    return sum / (a.red.length * 3);
  }
});
