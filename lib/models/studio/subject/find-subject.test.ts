import { beforeAll, describe, expect, it } from "vitest";
import { type Mask, type Pixels, resizePixels } from "@/lib/images/pixels";
import { findSubject, ownMask } from "./find-subject";
import { bust, disc, drawShape, RED_ON_GREEN } from "./test-pictures";
import type { Subject } from "./types";

const circle = disc(300, 240, 120);
const picture = drawShape({ width: 600, height: 450, ...RED_ON_GREEN }, circle);

describe("findSubject", () => {
  let subject: Subject;
  beforeAll(async () => {
    subject = await findSubject(picture);
  });

  it("finds a disc to the pixel, with a soft edge", () => {
    expect(overlap(subject.mask, circle)).toBeGreaterThan(0.985);
    expect(subject.confidence).toBeGreaterThan(0.85);
    expect(Math.abs(subject.box.x - 180)).toBeLessThanOrEqual(3);
    expect(Math.abs(subject.box.width - 240)).toBeLessThanOrEqual(5);
    expect(subject.touches).toEqual({ top: false, right: false, bottom: false, left: false });
  });

  it("keeps full resolution: the edge of a large picture is no softer than a few pixels", async () => {
    const large = drawShape({ width: 1800, height: 1350, ...RED_ON_GREEN }, disc(900, 720, 360));
    const { mask } = await findSubject(large);
    const row = mask.data.subarray(720 * 1800, 721 * 1800);
    const soft = row.filter((value) => value > 12 && value < 243).length;
    expect(overlap(mask, disc(900, 720, 360))).toBeGreaterThan(0.985);
    expect(soft).toBeLessThanOrEqual(10);
  });

  it("says which side of the frame cuts the subject off", async () => {
    const portrait = drawShape(
      { width: 400, height: 400, front: [150, 90, 60], back: [190, 210, 230] },
      bust,
    );
    const { touches } = await findSubject(portrait);
    expect(touches).toEqual({ top: false, right: false, bottom: true, left: false });
  });

  it("is not confident about a picture of nothing", async () => {
    for (const flat of [plain(500, 400), plain(1, 1), plain(400, 2)]) {
      const { confidence, box } = await findSubject(flat);
      expect(confidence).toBe(0);
      expect(box).toEqual({ x: 0, y: 0, width: flat.width, height: flat.height });
    }
  });

  it("works on a 32 px icon", async () => {
    const icon = await resizePixels(picture, 32, 24);
    const { mask, box } = await findSubject(icon);
    expect(mask.data.length).toBe(32 * 24);
    expect(box.width).toBeGreaterThan(8);
    expect(box.width).toBeLessThan(20);
  });

  it("takes the alpha of a cut-out as it is, and not the alpha of rounded corners", async () => {
    const cut = withAlpha(picture, (x, y) => circle(x, y) * 255);
    const { confidence, mask } = await findSubject(cut);
    expect(confidence).toBe(1);
    expect(mask.data[240 * 600 + 300]).toBe(255);
    expect(mask.data[0]).toBe(0);
    expect(ownMask(withAlpha(picture, (x, y) => (x < 20 && y < 20 ? 0 : 255)))).toBeNull();
  });

  it("gives the same mask for the same picture", async () => {
    const { mask } = await findSubject(picture);
    expect(Buffer.compare(subject.mask.data, mask.data)).toBe(0);
  });
});

/** Intersection over union of the soft mask with the shape that was drawn. */
function overlap(mask: Mask, covers: (x: number, y: number) => number): number {
  let both = 0;
  let either = 0;
  for (let y = 0; y < mask.height; y++) {
    for (let x = 0; x < mask.width; x++) {
      const found = (mask.data[y * mask.width + x] ?? 0) / 255;
      const drawn = Math.min(1, Math.max(0, covers(x, y)));
      both += Math.min(found, drawn);
      either += Math.max(found, drawn);
    }
  }
  return both / either;
}

function plain(width: number, height: number): Pixels {
  return drawShape({ width, height, front: [0, 0, 0], back: [120, 130, 140] }, () => 0);
}

function withAlpha({ data, width, height }: Pixels, alphaAt: (x: number, y: number) => number): Pixels {
  const copy = new Uint8Array(data);
  for (let i = 0; i < width * height; i++) {
    copy[i * 4 + 3] = Math.min(255, Math.max(0, alphaAt(i % width, Math.floor(i / width))));
  }
  return { data: copy, width, height };
}
