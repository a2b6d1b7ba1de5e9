import type { Pixels } from "@/lib/images/pixels";

const BAND_PIXELS = 4_000_000;

/**
 * Runs a filter over horizontal bands that see `overlap` rows of their neighbours, so that a picture of 100
 * megapixels needs the memory of four.
 */
export function inBands(pixels: Pixels, overlap: number, filter: (band: Pixels) => Pixels): Pixels {
  const { data, width, height } = pixels;
  const rows = Math.max(overlap * 2, Math.floor(BAND_PIXELS / width), 1);
  if (rows >= height) return filter(pixels);
  const out = new Uint8Array(data.length);
  for (let top = 0; top < height; top += rows) {
    const from = Math.max(0, top - overlap);
    const to = Math.min(height, top + rows + overlap);
    const band = filter({ data: data.slice(from * width * 4, to * width * 4), width, height: to - from });
    const end = Math.min(height, top + rows);
    out.set(band.data.subarray((top - from) * width * 4, (end - from) * width * 4), top * width * 4);
  }
  return { data: out, width, height };
}
