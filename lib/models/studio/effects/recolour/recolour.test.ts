import { describe, expect, it } from "vitest";
import type { Pixels } from "@/lib/images/pixels";
import type { Rgb } from "../../edit-plan";
import { labOf } from "../colour/oklab";
import { middleSubject, picture, pixelAt } from "../test-pictures";
import { recolour } from "./recolour";

const TARGETS = {
  red: { r: 220, g: 20, b: 30 },
  blue: { r: 20, g: 60, b: 200 },
  green: { r: 20, g: 130, b: 60 },
};

/** A folded cloth of one colour on a grey floor. */
function cloth({ r, g, b }: Rgb): Pixels {
  return picture(80, 60, (x, y) => {
    if (x < 20 || x >= 60 || y < 15 || y >= 45) return [90, 96, 92];
    const fold = 0.72 + 0.28 * Math.sin(x / 3);
    return [r * fold, g * fold, b * fold];
  });
}

const dye = (pixels: Pixels, colour: Rgb) =>
  recolour(
    pixels,
    { op: "recolour", colour, name: "", part: "subject", noun: "mattress" },
    middleSubject(pixels),
  );

function labAt(pixels: Pixels, x: number, y: number) {
  const [r = 0, g = 0, b = 0] = pixelAt(pixels, x, y);
  return labOf({ r, g, b });
}

describe("recolour", () => {
  const sources = {
    white: { r: 245, g: 243, b: 238 },
    black: { r: 45, g: 44, b: 46 },
    teal: { r: 40, g: 140, b: 150 },
  };
  it.each(
    Object.entries(sources).flatMap(([from, colour]) =>
      Object.entries(TARGETS).map(([to, target]) => [from, to, colour, target] as const),
    ),
  )(
    "turns %s into %s with its folds, and leaves every byte outside alone",
    async (_from, _to, colour, target) => {
      const source = cloth(colour);
      const made = await dye(source, target);
      const wanted = labOf(target);
      for (let x = 22; x < 58; x++) {
        const { l, a, b } = labAt(made, x, 30);
        const turn = Math.atan2(b, a) - Math.atan2(wanted.b, wanted.a);
        expect(Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn)))).toBeLessThan(0.2);
        expect(Math.hypot(a, b) / l).toBeGreaterThan((0.55 * Math.hypot(wanted.a, wanted.b)) / wanted.l);
        const next = labAt(made, x + 1, 30).l - l;
        const before = labAt(source, x + 1, 30).l - labAt(source, x, 30).l;
        if (Math.abs(before) > 0.02) expect(Math.sign(next)).toBe(Math.sign(before));
      }
      let touched = 0;
      for (let p = 0; p < 80 * 60; p++) {
        const x = p % 80;
        const y = Math.floor(p / 80);
        if (x >= 20 && x < 60 && y >= 15 && y < 45) continue;
        for (let c = 0; c < 4; c++) if (made.data[p * 4 + c] !== source.data[p * 4 + c]) touched++;
      }
      expect(touched).toBe(0);
    },
  );

  it("keeps order of lightness between a white and a black start", async () => {
    const light = labAt(await dye(cloth(sources.white), TARGETS.red), 40, 30).l;
    const dark = labAt(await dye(cloth(sources.black), TARGETS.red), 40, 30).l;
    expect(dark).toBeLessThan(light);
  });

  it("dyes the paint of a two-coloured subject and not its tyres", async () => {
    const car = picture(80, 60, (_, y) => (y < 36 ? [200, 40, 40] : [30, 30, 32]));
    const made = await dye(car, TARGETS.blue);
    expect(labAt(made, 40, 24).b).toBeLessThan(-0.1);
    const [r = 0, g = 0, b = 0] = pixelAt(made, 40, 42);
    expect(Math.max(Math.abs(r - 30), Math.abs(g - 30), Math.abs(b - 32))).toBeLessThan(6);
  });

  it("dyes the red cup and not the coffee in it, whose hue is near and whose place is its own", async () => {
    const cup = picture(240, 180, (x, y) => {
      const out = Math.hypot(x - 120, y - 90);
      if (out < 22) return y < 84 ? [150, 74, 24] : [205, 136, 62];
      return out < 34 ? [240, 236, 230] : [165, 44, 18];
    });
    const made = await dye(cup, TARGETS.blue);
    expect(labAt(made, 120, 50).b).toBeLessThan(-0.1);
    for (const [x, y] of [
      [120, 100],
      [120, 76],
    ] as const) {
      const moved = pixelAt(made, x, y).map((value, c) => Math.abs(value - (pixelAt(cup, x, y)[c] ?? 0)));
      expect(Math.max(...moved)).toBeLessThan(6);
    }
  });

  it("dyes fur that is paler and stronger in places as one coat", async () => {
    const coat = picture(80, 60, (x) => (x < 45 ? [196, 152, 116] : [190, 90, 40]));
    const made = await dye(coat, TARGETS.green);
    for (const x of [30, 50]) expect(labAt(made, x, 30).a).toBeLessThan(-0.06);
  });

  it("leaves skin alone when the shirt is dyed", async () => {
    const person = picture(80, 60, (_, y) => (y < 24 ? [224, 172, 138] : [236, 236, 238]));
    const made = await dye(person, TARGETS.green);
    expect(labAt(made, 40, 40).a).toBeLessThan(-0.08);
    const [r = 0, g = 0, b = 0] = pixelAt(made, 40, 18);
    expect(Math.max(Math.abs(r - 224), Math.abs(g - 172), Math.abs(b - 138))).toBeLessThan(8);
  });
});
