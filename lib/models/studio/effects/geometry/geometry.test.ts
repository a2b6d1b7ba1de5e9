import { describe, expect, it } from "vitest";
import { HELD_NOWHERE } from "../../held-sides";
import { busyPicture, picture, pixelAt } from "../test-pictures";
import { cutWindow } from "./canvas";
import { centreSubject } from "./close-up";
import { roundCorners } from "./frame";
import { borderColour, resize } from "./resize";
import { inscribed, rotate } from "./rotate";
import { flip } from "./turn";
import { centreWindow, closeUpWindow, padWindow, ratioWindow } from "./windows";

const source = busyPicture(40, 24);

describe("turning", () => {
  it("90 degrees goes clockwise: the top left corner comes to the top right", () => {
    const turned = rotate(source, 90);
    expect(pixelAt(turned, 23, 0)).toEqual(pixelAt(source, 0, 0));
    expect(pixelAt(turned, 0, 39)).toEqual(pixelAt(source, 39, 23));
  });

  it.each([
    ["four quarter turns", rotate(rotate(rotate(rotate(source, 90), 450), -270), 90)],
    ["90 and -90", rotate(rotate(source, 90), -90)],
    ["two flips", flip(flip(source, "horizontal"), "horizontal")],
    ["half a turn and both flips", flip(flip(rotate(source, 180), "horizontal"), "vertical")],
    ["a whole turn", rotate(source, 360)],
  ])("%s give the same bytes back", (_, made) => {
    expect(Buffer.compare(made.data, source.data)).toBe(0);
  });

  it("a tilted picture has no empty corner", () => {
    const white = picture(90, 60, () => [255, 255, 255]);
    for (const degrees of [3, 17, 44, 46, -30, 133]) {
      expect(rotate(white, degrees).data.every((value) => value === 255)).toBe(true);
    }
  });

  it.each([
    [0, 100, 50],
    [Math.PI / 4, 35, 35],
  ])("the rectangle inscribed in 100 x 50 at %d", (angle, width, height) => {
    expect(inscribed({ width: 100, height: 50 }, angle)).toEqual({ width, height });
  });
});

describe("windows", () => {
  const frame = { width: 300, height: 200 };
  const boxes = [
    { x: 10, y: 20, width: 60, height: 50 },
    { x: 200, y: 120, width: 100, height: 80 },
    { x: 0, y: 0, width: 300, height: 200 },
    { x: 140, y: 90, width: 4, height: 4 },
  ];
  it.each(boxes)("a close-up of $width x $height lies in the frame and keeps its shape", (box) => {
    for (const tightness of [0, 0.5, 1]) {
      const window = closeUpWindow(frame, box, tightness);
      expect(window.x).toBeGreaterThanOrEqual(0);
      expect(window.y).toBeGreaterThanOrEqual(0);
      expect(window.x + window.width).toBeLessThanOrEqual(300);
      expect(window.y + window.height).toBeLessThanOrEqual(200);
      expect(window.width).toBeLessThan(300);
      expect(Math.abs(window.width / window.height - 1.5)).toBeLessThan(0.03);
    }
  });

  it.each(boxes.filter(({ width }) => width <= 200))(
    "a square around $width x $height holds the subject",
    (box) => {
      const window = ratioWindow(frame, box, 1);
      expect(window).toMatchObject({ width: 200, height: 200 });
      expect(window.x).toBeLessThanOrEqual(box.x);
      expect(window.x + 200).toBeGreaterThanOrEqual(box.x + box.width);
    },
  );

  it("centring puts the middle of the subject in the middle, with the margin free", () => {
    const [box] = boxes;
    if (!box) return;
    const window = centreWindow(frame, box, 0.1);
    expect(Math.abs(window.x + window.width / 2 - 40)).toBeLessThanOrEqual(1);
    expect(Math.abs(window.y + window.height / 2 - 45)).toBeLessThanOrEqual(1);
    expect(box.height / window.height).toBeCloseTo(0.8, 1);
  });
});

describe("centring", () => {
  it("leaves what the upper edge cuts off at that edge, and brings what is whole to the middle", async () => {
    const box = { x: 10, y: 0, width: 20, height: 12 };
    const scene = picture(60, 40, (x, y) => (x >= 10 && x < 30 && y < 12 ? [250, 10, 10] : [255, 255, 255]));
    const reds = async (top: boolean) => {
      const made = await centreSubject(scene, { box, touches: { ...HELD_NOWHERE, top } }, 0.1);
      const x = Math.floor(made.width / 2);
      const redAt = (y: number) => (pixelAt(made, x, y)[1] ?? 255) < 100;
      return {
        edge: redAt(0),
        middle: redAt(Math.floor(made.height / 2)),
        low: redAt(Math.floor(made.height * 0.77)),
      };
    };
    expect(await reds(true)).toEqual({ edge: true, middle: true, low: false });
    expect(await reds(false)).toMatchObject({ middle: true, low: true });
  });
});

describe("canvas", () => {
  it("extending starts without a seam and keeps the picture byte for byte", () => {
    const smooth = picture(60, 40, (x, y) => [60 + x * 2, 90 + y, 140 - x]);
    const made = cutWindow(smooth, padWindow(smooth, 1), "extend");
    expect([made.width, made.height]).toEqual([60, 60]);
    for (let x = 0; x < 60; x++) {
      for (let y = 0; y < 40; y++) expect(pixelAt(made, x, y + 10)).toEqual(pixelAt(smooth, x, y));
      for (const [inside, outside] of [
        [10, 9],
        [49, 50],
      ] as const) {
        const edge = pixelAt(made, x, inside);
        const step = pixelAt(made, x, outside).map((value, c) => Math.abs(value - (edge[c] ?? 0)));
        expect(Math.max(...step)).toBeLessThanOrEqual(6);
      }
    }
  });

  it("a colour fills what was transparent too, transparent fills nothing", () => {
    const clear = picture(20, 10, (x) => (x < 10 ? [200, 10, 10] : [0, 0, 0, 0]));
    const onWhite = cutWindow(clear, padWindow(clear, 1), { r: 255, g: 255, b: 255 });
    expect(pixelAt(onWhite, 15, 10)).toEqual([255, 255, 255, 255]);
    expect(pixelAt(onWhite, 5, 0)).toEqual([255, 255, 255, 255]);
    expect(pixelAt(cutWindow(clear, padWindow(clear, 1), "transparent"), 5, 0)).toEqual([0, 0, 0, 0]);
  });

  it.each([
    ["plain", picture(30, 20, () => [12, 34, 56]), { r: 12, g: 34, b: 56 }],
    ["busy", source, { r: 255, g: 255, b: 255 }],
    ["transparent", picture(30, 20, () => [0, 0, 0, 0]), "transparent"],
  ] as const)("the border colour of a %s picture", (_, pixels, colour) => {
    expect(borderColour(pixels)).toEqual(colour);
  });

  it("an exact size pads with the border colour and distorts nothing", async () => {
    const dot = picture(40, 20, (x, y) =>
      Math.hypot(x - 19.5, y - 9.5) < 6 ? [250, 250, 250] : [10, 20, 30],
    );
    const made = await resize(dot, { op: "resize", width: 80, height: 80, longEdge: null });
    expect(pixelAt(made, 2, 2)).toEqual([10, 20, 30, 255]);
    const across = Array.from({ length: 80 }, (_, i) => (pixelAt(made, i, 40)[0] ?? 0) > 128);
    const down = Array.from({ length: 80 }, (_, i) => (pixelAt(made, 40, i)[0] ?? 0) > 128);
    expect(across.filter(Boolean).length).toBe(down.filter(Boolean).length);
  });

  it("rounded corners are transparent, sides and middle are not", () => {
    const made = roundCorners(source, 0.4);
    expect(pixelAt(made, 0, 0)).toEqual([0, 0, 0, 0]);
    expect(pixelAt(made, 20, 0)).toEqual(pixelAt(source, 20, 0));
    expect(pixelAt(made, 20, 12)).toEqual(pixelAt(source, 20, 12));
  });
});
