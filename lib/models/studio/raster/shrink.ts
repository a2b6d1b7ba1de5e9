import { type Pixels, resizePixels } from "@/lib/images/pixels";
import { preparedSize } from "@/lib/images/prepared-size";
import { makePlane, type Plane } from "./plane";

/**
 * A smaller copy for estimating things, never larger than the picture. Large pictures are first averaged in whole
 * blocks: resampling tens of megapixels with a wide kernel costs more than all that is done with the small copy.
 */
export async function shrinkPixels(pixels: Pixels, longEdge: number): Promise<Pixels> {
  const { width, height } = preparedSize(pixels, longEdge);
  const blocks = Math.floor(pixels.width / width);
  const near =
    blocks >= 2
      ? averageBlocks(pixels, Math.round(pixels.width / blocks), Math.round(pixels.height / blocks))
      : pixels;
  return resizePixels(near, width, height);
}

/**
 * One channel of interleaved bytes as a small plane of 0..1, for what is soft anyway: shadows, halos, blurs.
 * @param step bytes a pixel
 * @param offset which of them
 */
export function shrinkChannel(
  { data, width, height }: { data: Uint8Array; width: number; height: number },
  { longEdge, step, offset }: { longEdge: number; step: number; offset: number },
): Plane {
  const size = preparedSize({ width, height }, longEdge);
  const out = makePlane(size.width, size.height);
  for (let y = 0; y < size.height; y++) {
    const top = Math.floor((y * height) / size.height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * height) / size.height));
    for (let x = 0; x < size.width; x++) {
      const left = Math.floor((x * width) / size.width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * width) / size.width));
      let sum = 0;
      for (let row = top; row < bottom; row++) {
        for (let i = row * width + left; i < row * width + right; i++) sum += data[i * step + offset] ?? 0;
      }
      out.data[y * size.width + x] = sum / (255 * (bottom - top) * (right - left));
    }
  }
  return out;
}

function averageBlocks({ data, width, height }: Pixels, outWidth: number, outHeight: number): Pixels {
  const out = new Uint8Array(outWidth * outHeight * 4);
  for (let y = 0; y < outHeight; y++) {
    const top = Math.floor((y * height) / outHeight);
    const bottom = Math.floor(((y + 1) * height) / outHeight);
    for (let x = 0; x < outWidth; x++) {
      const left = Math.floor((x * width) / outWidth);
      const right = Math.floor(((x + 1) * width) / outWidth);
      let [red, green, blue, alpha] = [0, 0, 0, 0];
      for (let row = top; row < bottom; row++) {
        for (let i = (row * width + left) * 4; i < (row * width + right) * 4; i += 4) {
          red += data[i] ?? 0;
          green += data[i + 1] ?? 0;
          blue += data[i + 2] ?? 0;
          alpha += data[i + 3] ?? 0;
        }
      }
      const share = 1 / ((bottom - top) * (right - left));
      const o = (y * outWidth + x) * 4;
      out[o] = red * share + 0.5;
      out[o + 1] = green * share + 0.5;
      out[o + 2] = blue * share + 0.5;
      out[o + 3] = alpha * share + 0.5;
    }
  }
  return { data: out, width: outWidth, height: outHeight };
}
