import { sharp } from "@/lib/images/decoder";
import type { TestFile } from "./sheet-client";

/** Painted in half the time of larger ones: for runs of which only the course matters. */
export const SMALL = { width: 200, height: 150 };

/** Drawn pictures that differ: a subject of its own colour on a plain ground. */
export function drawPhotos(count: number, { width = 480, height = 360 } = {}): Promise<TestFile[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, i) => ({
      name: `photo-${String(i + 1).padStart(2, "0")}.jpg`,
      bytes: await drawPhoto(i, width, height),
    })),
  );
}

async function drawPhoto(i: number, width: number, height: number): Promise<Buffer> {
  const shade = (offset: number) => (i * 53 + offset) % 200;
  const box = await sharp({
    create: {
      width: Math.round(width / 3),
      height: Math.round(height / 2),
      channels: 3,
      background: { r: shade(40), g: shade(120), b: shade(200) },
    },
  })
    .png()
    .toBuffer();
  return sharp({ create: { width, height, channels: 3, background: { r: 230, g: 225, b: 215 } } })
    .composite([{ input: box, left: Math.round(width / 3), top: Math.round(height / 4) }])
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** A blue mattress on a wooden bed in a plain room. `shift` moves it, so that pictures differ. */
export async function drawBed({ name = "bed.jpg", shift = 0 } = {}): Promise<TestFile> {
  const [width, height] = [960, 720];
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      pixels.set(bedColour(x - shift, y), (y * width + x) * 3);
    }
  }
  const bytes = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .blur(1)
    .jpeg({ quality: 92 })
    .toBuffer();
  return { name, bytes };
}

function bedColour(x: number, y: number): [number, number, number] {
  const light = y / 24;
  const slant = ((450 - y) / 130) * 80;
  const isTop = y >= 320 && y < 450 && x > 180 + slant && x < 780 - slant;
  if (isTop) return [84 + light, 124 + light, 176 + light];
  if (y >= 450 && y < 520 && x > 176 && x < 784) return [66, 100, 146];
  if (y >= 520 && y < 565 && x > 186 && x < 774) return [107, 74, 47];
  const isLeg = y >= 565 && y < 615 && (Math.abs(x - 215) < 16 || Math.abs(x - 745) < 16);
  if (isLeg) return [90, 60, 36];
  return y < 480 ? [232 - light, 227 - light, 217 - light] : [190 - light, 158 - light, 124 - light];
}
