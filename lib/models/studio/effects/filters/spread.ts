import { isOpaque, type Pixels } from "@/lib/images/pixels";
import { boxBlur } from "./gauss";

/** Hidden colours are only ever seen blurred: in larger pictures whole blocks of pixels share one. */
const WORK_EDGE = 1500;

/**
 * Gives pixels with little or no alpha the colour of their visible neighbours, alpha itself untouched: what is
 * hidden under alpha 0 can then not bleed into a blur. Opaque pictures come back as they are.
 */
export function spreadColour(pixels: Pixels): Pixels {
  if (isOpaque(pixels)) return pixels;
  const { width, height } = pixels;
  const step = Math.max(1, Math.ceil(Math.max(width, height) / WORK_EDGE));
  const blocks = sumBlocks(pixels, step);
  const colours = colourHidden(blocks);
  const data = new Uint8Array(pixels.data);
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / step) * blocks.width;
    for (let x = 0; x < width; x++, i += 4) {
      if ((data[i + 3] ?? 0) > 127) continue;
      const from = (row + Math.floor(x / step)) * 3;
      data[i] = colours[from] ?? 0;
      data[i + 1] = colours[from + 1] ?? 0;
      data[i + 2] = colours[from + 2] ?? 0;
    }
  }
  return { data, width, height };
}

/** Puts the alpha of `source` back; nothing is left to see under alpha 0. */
export function withAlphaOf(pixels: Pixels, source: Pixels): Pixels {
  for (let i = 3; i < pixels.data.length; i += 4) {
    const alpha = source.data[i] ?? 255;
    pixels.data[i] = alpha;
    if (alpha === 0) pixels.data.fill(0, i - 3, i);
  }
  return pixels;
}

/** Colours weighed by alpha, and alpha, each summed over blocks; `hidden` says where a colour is missing. */
type Blocks = {
  r: Float32Array;
  g: Float32Array;
  b: Float32Array;
  weight: Float32Array;
  hidden: Uint8Array;
  width: number;
  height: number;
};

function sumBlocks({ data, width, height }: Pixels, step: number): Blocks {
  const size = { width: Math.ceil(width / step), height: Math.ceil(height / step) };
  const plane = () => new Float32Array(size.width * size.height);
  const [r, g, b, weight] = [plane(), plane(), plane(), plane()];
  const hidden = new Uint8Array(r.length);
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / step) * size.width;
    for (let x = 0; x < width; x++, i += 4) {
      const p = row + Math.floor(x / step);
      const alpha = (data[i + 3] ?? 0) / 255;
      r[p] = (r[p] ?? 0) + (data[i] ?? 0) * alpha;
      g[p] = (g[p] ?? 0) + (data[i + 1] ?? 0) * alpha;
      b[p] = (b[p] ?? 0) + (data[i + 2] ?? 0) * alpha;
      weight[p] = (weight[p] ?? 0) + alpha;
      if (alpha < 0.5) hidden[p] = 1;
    }
  }
  return { r, g, b, weight, hidden, ...size };
}

/** Three bytes a block; those of blocks without hidden pixels stay 0. */
function colourHidden(blocks: Blocks): Uint8Array {
  const { hidden, width, height } = blocks;
  const colours = new Uint8Array(hidden.length * 3);
  let { r, g, b, weight } = blocks;
  // Each round reaches twice as far; the first that finds a visible neighbour gives the colour.
  for (let radius = 2; ; radius *= 2) {
    r = boxBlur(r, blocks, radius);
    g = boxBlur(g, blocks, radius);
    b = boxBlur(b, blocks, radius);
    weight = boxBlur(weight, blocks, radius);
    let left = 0;
    for (let p = 0; p < hidden.length; p++) {
      if (hidden[p] === 0) continue;
      const total = weight[p] ?? 0;
      if (total < 1e-4) {
        left++;
        continue;
      }
      colours[p * 3] = (r[p] ?? 0) / total + 0.5;
      colours[p * 3 + 1] = (g[p] ?? 0) / total + 0.5;
      colours[p * 3 + 2] = (b[p] ?? 0) / total + 0.5;
      hidden[p] = 0;
    }
    if (left === 0 || radius > Math.max(width, height)) return colours;
  }
}
