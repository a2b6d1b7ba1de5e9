import type { Pixels } from "@/lib/images/pixels";
import type { Subject } from "../subject/types";

type Colour = (x: number, y: number) => [r: number, g: number, b: number, a?: number];

export function picture(width: number, height: number, colour: Colour): Pixels {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) {
      const [r, g, b, a = 255] = colour(x, y);
      data.set([r, g, b, a], i);
    }
  }
  return { data, width, height };
}

/** Slow colour ramps with a fine check pattern over them. */
export function busyPicture(width: number, height: number): Pixels {
  return picture(width, height, (x, y) => {
    const check = ((x >> 2) + (y >> 2)) % 2 === 0 ? 24 : 0;
    return [40 + (x * 180) / width + check, 60 + (y * 150) / height + check, 120 - (x * 80) / width + check];
  });
}

/** A subject that fills the middle half of the frame. */
export function middleSubject({ width, height }: Pixels): () => Promise<Subject> {
  const box = {
    x: Math.floor(width / 4),
    y: Math.floor(height / 4),
    width: Math.max(1, Math.floor(width / 2)),
    height: Math.max(1, Math.floor(height / 2)),
  };
  const data = new Uint8Array(width * height);
  for (let y = box.y; y < box.y + box.height; y++) {
    data.fill(255, y * width + box.x, y * width + box.x + box.width);
  }
  const touches = { top: false, right: false, bottom: false, left: false };
  return async () => ({ mask: { data, width, height }, box, confidence: 1, touches });
}

export function pixelAt({ data, width }: Pixels, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
}
