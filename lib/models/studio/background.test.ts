import { describe, expect, it } from "vitest";
import type { Pixels } from "@/lib/images/pixels";
import { replaceBackground } from "./background";
import type { Backdrop } from "./edit-plan";
import { addShadow, blurBackground } from "./keep-background";
import { findSubject } from "./subject/find-subject";
import { bust, disc, drawShape, RED_ON_GREEN } from "./subject/test-pictures";
import type { Subject } from "./subject/types";

const WHITE: Backdrop = { kind: "colour", colour: { r: 255, g: 255, b: 255 }, name: "white" };
const STUDIO: Backdrop = { kind: "studio", tone: { r: 236, g: 237, b: 240 }, name: "" };
const BEACH: Backdrop = { kind: "scene", scene: "beach" };

const ball = () => drawShape({ width: 480, height: 360, ...RED_ON_GREEN }, disc(150, 180, 80));
const portrait = () =>
  drawShape({ width: 400, height: 400, front: [150, 90, 60], back: [190, 210, 230] }, bust);

describe("replaceBackground", () => {
  it("leaves no green around a red disc laid on white", async () => {
    const result = await change(ball(), WHITE, "none");
    const green = pixelsWhere(result, ([r, g, b]) => g > r + 6 && g > b + 6);
    expect(green).toBe(0);
    expect(at(result, 10, 10)).toEqual([255, 255, 255, 255]);
    expect(at(result, 150, 180)).toEqual([220, 20, 20, 255]);
  });

  it("cuts out with clean colours under a soft alpha", async () => {
    const result = await change(ball(), { kind: "transparent" }, "none");
    expect(at(result, 10, 10)[3]).toBe(0);
    expect(at(result, 150, 180)[3]).toBe(255);
    expect(pixelsWhere(result, ([r, g, , a]) => a > 20 && g > r)).toBe(0);
  });

  it("darkens the ground below what stands, and only there", async () => {
    const result = await change(ball(), WHITE, "contact");
    expect(at(result, 150, 263)[0]).toBeLessThan(235);
    expect(at(result, 150, 60)).toEqual([255, 255, 255, 255]);
    expect(at(result, 400, 263)).toEqual([255, 255, 255, 255]);
  });

  it("draws no shadow under a subject the frame cuts off, and leaves it at that edge in a studio", async () => {
    const onWhite = await change(portrait(), WHITE, "contact");
    expect(pixelsWhere(onWhite, ([r, g, b]) => Math.max(r, g, b) - Math.min(r, g, b) < 4 && r < 250)).toBe(0);
    const studio = await change(portrait(), STUDIO, "contact");
    const [r = 0, , b = 0] = at(studio, 200, 399);
    expect(r - b).toBeGreaterThan(50);
  });

  it("places what stands free in the middle of a studio", async () => {
    const result = await change(ball(), STUDIO, "contact");
    const columns = Array.from({ length: 480 }, (_, x) => x).filter((x) => {
      const [r = 0, g = 0] = at(result, x, 190);
      return r > g + 90;
    });
    const [first = 0, last = 0] = [columns[0], columns.at(-1)];
    expect(Math.abs((first + last) / 2 - 240)).toBeLessThan(4);
    expect(last - first).toBeGreaterThan(180);
  });

  it("keeps place and size in front of a scene", async () => {
    const result = await change(ball(), BEACH, "contact");
    const [r = 0, g = 0] = at(result, 150, 180);
    expect(r).toBeGreaterThan(g + 120);
    const [skyRed = 0, , skyBlue = 0] = at(result, 440, 8);
    expect(skyBlue).toBeGreaterThan(skyRed);
  });

  it("brings what hangs above the sand of a beach down to it, keeping size and column", async () => {
    const high = drawShape({ width: 360, height: 480, ...RED_ON_GREEN }, disc(180, 150, 60));
    const result = await change(high, BEACH, "contact");
    const rows = Array.from({ length: 480 }, (_, y) => y).filter((y) => {
      const [r = 0, g = 0] = at(result, 180, y);
      return r > g + 120;
    });
    const [top = 0, foot = 0] = [rows[0], rows.at(-1)];
    expect(foot).toBeGreaterThan(480 * 0.5);
    expect(Math.abs(foot - top - 120)).toBeLessThan(6);
    const [sand = 0, shadow = 0] = [at(result, 40, foot + 3)[0], at(result, 180, foot + 3)[0]];
    expect(shadow).toBeLessThan(sand - 20);
  });

  it("gives the same bytes for the same picture", async () => {
    const [one, other] = [await change(ball(), BEACH, "contact"), await change(ball(), BEACH, "contact")];
    expect(Buffer.compare(one.data, other.data)).toBe(0);
  });
});

describe("edits that keep the background", () => {
  it("blurs the background without letting the subject glow into it", async () => {
    const striped = drawShape(
      { width: 480, height: 360, front: [20, 60, 200], back: [230, 230, 230] },
      (x, y) => (x % 24 < 12 && y >= 0 ? 1 : 0),
    );
    const circle = disc(240, 180, 80);
    for (let i = 0; i < 480 * 360; i++) {
      if (circle(i % 480, Math.floor(i / 480)) > 0.5) striped.data.set([230, 30, 20], i * 4);
    }
    const result = await blurBackground(striped, 0.6, await findSubject(striped));
    const [left = 0, right = 0] = [at(result, 30, 40)[0], at(result, 42, 40)[0]];
    expect(Math.abs(left - right)).toBeLessThan(25);
    expect(at(result, 240, 180).slice(0, 3)).toEqual([230, 30, 20]);
    expect(
      pixelsWhere(result, ([r, g, b], x, y) => Math.hypot(x - 240, y - 180) > 86 && r > b + 40 && r > g + 60),
    ).toBe(0);
  });

  it("adds a shadow below what stands and says when there is no ground", async () => {
    const standing = ball();
    expect(await addShadow(standing, await subjectOf(standing))).toBe(true);
    expect(at(standing, 150, 263)[1]).toBeLessThan(185);
    expect(at(standing, 150, 60)).toEqual([20, 200, 40, 255]);
    const cutOff = portrait();
    const before = new Uint8Array(cutOff.data);
    expect(await addShadow(cutOff, await subjectOf(cutOff))).toBe(false);
    expect(Buffer.compare(cutOff.data, before)).toBe(0);
  });
});

async function change(pixels: Pixels, backdrop: Backdrop, shadow: "contact" | "none") {
  const subject = await subjectOf(pixels);
  const mask = { ...subject.mask, data: new Uint8Array(subject.mask.data) };
  return (await replaceBackground(pixels, { op: "background", backdrop, shadow }, { ...subject, mask }))
    .pixels;
}

const found = new Map<number, Promise<Subject>>();

/** The pictures differ in size: each is looked at once. */
function subjectOf(pixels: Pixels): Promise<Subject> {
  const known = found.get(pixels.width) ?? findSubject({ ...pixels, data: new Uint8Array(pixels.data) });
  found.set(pixels.width, known);
  return known;
}

function at({ data, width }: Pixels, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
}

type Test = (pixel: [number, number, number, number], x: number, y: number) => boolean;

function pixelsWhere({ data, width }: Pixels, test: Test): number {
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    const [r = 0, g = 0, b = 0, a = 0] = data.subarray(i, i + 4);
    const pixel = i / 4;
    if (test([r, g, b, a], pixel % width, Math.floor(pixel / width))) count++;
  }
  return count;
}
