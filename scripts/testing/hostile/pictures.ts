import { sharp } from "@/lib/images/decoder";

export const WIDTH = 320;
export const HEIGHT = 200;

/** Four coloured quarters with soft slopes: every one of the eight orientations looks different. */
export function quarters(channels: 3 | 4 = 3): Buffer {
  const data = Buffer.alloc(WIDTH * HEIGHT * channels);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const right = x >= WIDTH / 2;
      const low = y >= HEIGHT / 2;
      const colour = low ? (right ? [200, 170, 60] : [60, 80, 190]) : right ? [70, 160, 80] : [190, 70, 60];
      const slope = Math.round((x / WIDTH) * 20 + (y / HEIGHT) * 20);
      const at = (y * WIDTH + x) * channels;
      for (let c = 0; c < 3; c++) data[at + c] = (colour[c] ?? 0) + slope;
      if (channels === 4) data[at + 3] = x < WIDTH / 4 ? 0 : 255;
    }
  }
  return data;
}

/** The quarters as an encoder's input. */
export function picture(channels: 3 | 4 = 3) {
  return sharp(quarters(channels), { raw: { width: WIDTH, height: HEIGHT, channels } });
}

/** A photo-like JPEG: noise keeps its data long, so that cuts fall into pixels. */
export function noisyJpeg(
  options: { width?: number; height?: number; progressive?: boolean } = {},
): Promise<Buffer> {
  const { width = 900, height = 600, progressive = false } = options;
  const data = Buffer.alloc(width * height * 3);
  let seed = 12345;
  for (let i = 0; i < data.length; i++) {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    data[i] = 90 + ((seed >> 16) & 63) + ((i / 3) % width) / 20;
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 80, progressive })
    .toBuffer();
}
