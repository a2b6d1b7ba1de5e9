import type { Pixels } from "@/lib/images/pixels";

/** Rows become columns. */
export function transpose(pixels: Pixels): Pixels {
  const { width, height } = pixels;
  return remap(pixels, { width: height, height: width }, (x, y) => x * width + y);
}

export function flip(pixels: Pixels, axis: "horizontal" | "vertical"): Pixels {
  const { width, height } = pixels;
  return remap(pixels, pixels, (x, y) =>
    axis === "horizontal" ? y * width + width - 1 - x : (height - 1 - y) * width + x,
  );
}

/** Clockwise by whole quarters, exact. */
export function quarterTurns(pixels: Pixels, quarters: 1 | 2 | 3): Pixels {
  const { width, height } = pixels;
  const turned = { width: height, height: width };
  switch (quarters) {
    case 1:
      return remap(pixels, turned, (x, y) => (height - 1 - x) * width + y);
    case 2:
      return remap(pixels, pixels, (x, y) => (height - 1 - y) * width + width - 1 - x);
    case 3:
      return remap(pixels, turned, (x, y) => x * width + width - 1 - y);
  }
}

function remap(
  { data }: Pixels,
  { width, height }: { width: number; height: number },
  source: (x: number, y: number) => number,
): Pixels {
  const from = new Uint32Array(new Uint8Array(data).buffer);
  const out = new Uint32Array(width * height);
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p++) out[p] = from[source(x, y)] ?? 0;
  }
  return { data: new Uint8Array(out.buffer), width, height };
}
