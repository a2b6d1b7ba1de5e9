import { describe, expect, it } from "vitest";
import type { Pixels } from "@/lib/images/pixels";
import { blackAndWhite } from "../style/monochrome";
import { sepia } from "../style/sepia";
import { busyPicture, picture, pixelAt } from "../test-pictures";
import { adjust } from "./adjust";

const ramp = picture(256, 1, (x) => [x, x, x]);
const mean = ({ data }: Pixels) =>
  data.reduce((sum, value, i) => (i % 4 === 3 ? sum : sum + value), 0) / data.length;

describe("adjust", () => {
  it.each([
    ["brightness", 1],
    ["brightness", -1],
    ["exposure", 1],
    ["exposure", -1],
    ["contrast", 1],
    ["contrast", -1],
    ["saturation", 1],
    ["warmth", 1],
  ] as const)("%s by %d keeps greys in order and cuts none off", (what, amount) => {
    const made = adjust(ramp, { op: "adjust", what, amount });
    const greens = Array.from({ length: 256 }, (_, x) => pixelAt(made, x, 0)[1] ?? 0);
    expect(greens).toEqual([...greens].sort((a, b) => a - b));
    // Clipping would end in a run of equal values.
    expect(greens.filter((value) => value === 255).length).toBeLessThan(16);
  });

  it.each(["brightness", "exposure", "contrast", "saturation", "warmth"] as const)(
    "%s by 0 changes no value by more than one",
    (what) => {
      const source = busyPicture(64, 48);
      const made = adjust(source, { op: "adjust", what, amount: 0 });
      const most = source.data.reduce(
        (worst, value, i) => Math.max(worst, Math.abs(value - (made.data[i] ?? 0))),
        0,
      );
      expect(most).toBeLessThanOrEqual(1);
    },
  );

  it("moves the way its name says", () => {
    const source = busyPicture(64, 48);
    const by = (what: "brightness" | "exposure", amount: number) =>
      mean(adjust(source, { op: "adjust", what, amount }));
    expect(by("brightness", 0.4)).toBeGreaterThan(mean(source) + 10);
    expect(by("exposure", -0.4)).toBeLessThan(mean(source) - 10);
    const [r = 0, , b = 0] = pixelAt(adjust(ramp, { op: "adjust", what: "warmth", amount: 0.5 }), 128, 0);
    expect(r - b).toBeGreaterThan(20);
    const grey = adjust(source, { op: "adjust", what: "saturation", amount: -1 });
    for (let i = 0; i < grey.data.length; i += 4) {
      const rgb = [...grey.data.subarray(i, i + 3)];
      expect(Math.max(...rgb) - Math.min(...rgb)).toBeLessThanOrEqual(1);
    }
  });
});

describe("toned pictures", () => {
  it("black and white has equal channels and uses the range", async () => {
    const { data } = await blackAndWhite(busyPicture(64, 48));
    let low = 255;
    let high = 0;
    let coloured = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 1] !== data[i] || data[i + 2] !== data[i]) coloured++;
      low = Math.min(low, data[i] ?? 0);
      high = Math.max(high, data[i] ?? 0);
    }
    expect(coloured).toBe(0);
    expect(high - low).toBeGreaterThan(120);
  });

  it("sepia is warm at every tone", async () => {
    const { data } = await sepia(ramp);
    for (let i = 0; i < data.length; i += 4) {
      expect(data[i] ?? 0).toBeGreaterThan(data[i + 1] ?? 0);
      expect(data[i + 1] ?? 0).toBeGreaterThan(data[i + 2] ?? 255);
    }
  });
});
