import { sharp } from "@/lib/images/decoder";
import type { TestFile } from "./sheet-client";

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
