import { describe, expect, it } from "vitest";
import { applyEffect, type EffectOp } from "./apply";
import { busyPicture, middleSubject, picture } from "./test-pictures";

const RED = { r: 220, g: 20, b: 30 };

const SAME_SIZE: EffectOp[] = [
  { op: "recolour", colour: RED, name: "red", part: "subject", noun: "mattress" },
  { op: "recolour", colour: RED, name: "red", part: "everything", noun: null },
  { op: "style", style: "watercolour" },
  { op: "style", style: "sketch" },
  { op: "style", style: "oil" },
  { op: "style", style: "cartoon" },
  { op: "style", style: "black-and-white" },
  { op: "style", style: "sepia" },
  { op: "style", style: "vintage" },
  { op: "style", style: "pop-art" },
  { op: "adjust", what: "brightness", amount: 0.5 },
  { op: "adjust", what: "contrast", amount: -0.5 },
  { op: "adjust", what: "saturation", amount: 1 },
  { op: "adjust", what: "warmth", amount: 0.6 },
  { op: "adjust", what: "exposure", amount: 1 },
  { op: "sharpen", amount: 0.7 },
  { op: "soften", amount: 0.7 },
  { op: "denoise", amount: 0.7 },
  { op: "auto-enhance" },
  { op: "vignette", amount: 0.6 },
  { op: "round-corners", share: 0.2 },
  { op: "invert" },
];

const RESHAPING: EffectOp[] = [
  { op: "close-up", tightness: 0.5 },
  { op: "crop-subject", margin: 0.1 },
  { op: "crop-ratio", width: 1, height: 1 },
  { op: "pad-ratio", width: 16, height: 9, fill: "extend" },
  { op: "pad-ratio", width: 1, height: 1, fill: "transparent" },
  { op: "centre-subject", margin: 0.1 },
  { op: "resize", width: 40, height: 40, longEdge: null },
  { op: "upscale", factor: 2 },
  { op: "rotate", degrees: 12 },
  { op: "rotate", degrees: -90 },
  { op: "flip", axis: "vertical" },
  { op: "border", colour: RED, share: 0.1 },
];

const nameOf = (op: EffectOp) => JSON.stringify(op);

describe("every effect", () => {
  it.each([...SAME_SIZE, ...RESHAPING].map((op) => [nameOf(op), op] as const))(
    "%s is repeatable, leaves its input alone and takes odd shapes",
    async (_, op) => {
      for (const [width, height] of [
        [1, 1],
        [1, 500],
        [70, 1],
        [32, 32],
      ] as const) {
        const source = busyPicture(width, height);
        const before = new Uint8Array(source.data);
        const once = await applyEffect(source, op, middleSubject(source));
        const twice = await applyEffect(source, op, middleSubject(source));
        expect(source.data).toEqual(before);
        expect(once.data.length).toBe(once.width * once.height * 4);
        expect(Buffer.compare(once.data, twice.data)).toBe(0);
      }
    },
  );

  it.each(SAME_SIZE.map((op) => [nameOf(op), op] as const))(
    "%s keeps size and alpha, and nothing hidden under alpha 0 shows",
    async (_, op) => {
      const grey = (x: number): [number, number, number, number] =>
        x < 24 ? [128, 128, 128, 255] : [0, 0, 0, 0];
      const loud = (x: number): [number, number, number, number] =>
        x < 24 ? [128, 128, 128, 255] : [255, 0, 255, 0];
      const hiddenBlack = picture(48, 40, grey);
      const hiddenMagenta = picture(48, 40, loud);
      const one = await applyEffect(hiddenBlack, op, middleSubject(hiddenBlack));
      const other = await applyEffect(hiddenMagenta, op, middleSubject(hiddenMagenta));
      expect([one.width, one.height]).toEqual([48, 40]);
      const wrong = { shown: 0, hidden: 0, bled: 0 };
      for (let i = 0; i < one.data.length; i += 4) {
        const visible = (i / 4) % 48 < 24;
        if (!visible && one.data[i + 3] !== 0) wrong.shown++;
        if (visible && op.op !== "round-corners" && one.data[i + 3] !== 255) wrong.hidden++;
        for (let c = 0; c < 4 && visible; c++) if (one.data[i + c] !== other.data[i + c]) wrong.bled++;
      }
      expect(wrong).toEqual({ shown: 0, hidden: 0, bled: 0 });
    },
  );
});

describe("sizes", () => {
  const sizes: [EffectOp, number, number][] = [
    [{ op: "resize", width: 50, height: null, longEdge: null }, 50, 30],
    [{ op: "resize", width: null, height: 90, longEdge: null }, 150, 90],
    [{ op: "resize", width: null, height: null, longEdge: 30 }, 30, 18],
    [{ op: "resize", width: 77, height: 200, longEdge: null }, 77, 200],
    [{ op: "crop-ratio", width: 1, height: 1 }, 60, 60],
    [{ op: "crop-ratio", width: 16, height: 9 }, 100, 56],
    [{ op: "pad-ratio", width: 1, height: 1, fill: "extend" }, 100, 100],
    [{ op: "pad-ratio", width: 3, height: 1, fill: { r: 9, g: 9, b: 9 } }, 180, 60],
    [{ op: "crop-subject", margin: 0 }, 50, 30],
    [{ op: "crop-subject", margin: 0.1 }, 60, 36],
    [{ op: "centre-subject", margin: 0.1 }, 100, 60],
    [{ op: "upscale", factor: 2.5 }, 250, 150],
    [{ op: "rotate", degrees: 90 }, 60, 100],
    [{ op: "rotate", degrees: 180 }, 100, 60],
    [{ op: "border", colour: RED, share: 0.1 }, 112, 72],
  ];
  it.each(sizes.map(([op, width, height]) => [nameOf(op), op, width, height] as const))(
    "%s gives exactly the pixels asked for",
    async (_, op, width, height) => {
      const source = busyPicture(100, 60);
      const made = await applyEffect(source, op, middleSubject(source));
      expect([made.width, made.height]).toEqual([width, height]);
    },
  );

  it("a close-up comes nearer, keeps the shape of the frame and enlarges at most twofold", async () => {
    const source = busyPicture(100, 60);
    const made = await applyEffect(source, { op: "close-up", tightness: 0.5 }, middleSubject(source));
    expect([made.width, made.height]).toEqual([100, 60]);
    const tiny = middleSubject(picture(20, 12, () => [0, 0, 0]));
    const speck = await applyEffect(source, { op: "close-up", tightness: 1 }, tiny);
    expect(speck.width).toBeLessThanOrEqual(2 * Math.ceil(100 / 6));
  });
});
