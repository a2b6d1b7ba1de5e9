import type { Pixels } from "@/lib/images/pixels";

export type Colour = [number, number, number];

/** Draws a picture from a shape: how much of each pixel is covered, 0..1. */
export function drawShape(
  { width, height, front, back }: { width: number; height: number; front: Colour; back: Colour },
  covers: (x: number, y: number) => number,
): Pixels {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cover = Math.min(1, Math.max(0, covers(x, y)));
      const i = (y * width + x) * 4;
      for (let channel = 0; channel < 3; channel++) {
        data[i + channel] = Math.round((front[channel] ?? 0) * cover + (back[channel] ?? 0) * (1 - cover));
      }
      data[i + 3] = 255;
    }
  }
  return { data, width, height };
}

export function disc(cx: number, cy: number, radius: number) {
  return (x: number, y: number) => radius - Math.hypot(x - cx, y - cy) + 0.5;
}

/** Head and shoulders that the lower edge of a 400 x 400 frame cuts off. */
export function bust(x: number, y: number): number {
  const head = disc(200, 135, 62)(x, y);
  const shoulders = y > 190 && Math.abs(x - 200) < 115 ? 1 : 0;
  return Math.max(head, shoulders);
}

export const RED_ON_GREEN: { front: Colour; back: Colour } = { front: [220, 20, 20], back: [20, 200, 40] };
