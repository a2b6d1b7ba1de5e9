import type { Pixels } from "@/lib/images/pixels";
import type { Plate } from "./backdrops/types";
import { layOver } from "./compose";
import { readLighting } from "./light-match";
import { toLinear, toSrgb } from "./raster/light";
import { boxMean, makePlane, type Plane } from "./raster/plane";
import { readRows } from "./raster/row-reader";
import { shrinkChannel, shrinkPixels } from "./raster/shrink";
import { drawShadow, standsOnGround } from "./shadow";
import { clearRim } from "./subject/foreground";
import type { Subject } from "./subject/types";

const BLUR_EDGE = 800;
const SHADOW_EDGE = 720;

/**
 * Puts everything but the subject out of focus, in place. The background is blurred without the subject in it, so that
 * its colours do not glow around it; in linear light, so that lamps open into discs as through a lens.
 * @param strength 0..1
 */
export async function blurBackground(pixels: Pixels, strength: number, { mask }: Subject): Promise<Pixels> {
  const alpha = shrinkChannel(mask, { longEdge: BLUR_EDGE, step: 1, offset: 0 });
  const small = await shrinkPixels(pixels, BLUR_EDGE);
  const radius = Math.max(1, Math.round(Math.max(alpha.width, alpha.height) * (0.006 + 0.03 * strength)));
  const blur = (channel: number) => blurBehind(small, channel, alpha, radius);
  const plate: Plate = { red: blur(0), green: blur(1), blue: blur(2) };
  await clearRim(pixels, mask);
  for (let i = 0; i < mask.data.length; i++) pixels.data[i * 4 + 3] = mask.data[i] ?? 0;
  const ground = { shade: { r: 0, g: 0, b: 0 }, strength: 0 };
  layOver(pixels, { plate, shadow: null, ground, halo: null, grain: 1 });
  return pixels;
}

/** Darkens the ground below the subject, in place. Returns whether there was ground to darken. */
export async function addShadow(pixels: Pixels, subject: Subject): Promise<boolean> {
  if (!standsOnGround(subject)) return false;
  const shadow = drawShadow(
    shrinkChannel(subject.mask, { longEdge: SHADOW_EDGE, step: 1, offset: 0 }),
    readLighting(pixels).from,
  );
  if (!shadow) return false;
  const { data, width, height } = pixels;
  const rows = readRows(shadow, width, height);
  for (let y = 0; y < height; y++) {
    const row = rows(y);
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const shade = (row[x] ?? 0) * (1 - (subject.mask.data[i] ?? 0) / 255) * 0.9;
      if (shade > 0.002) darken(data, i * 4, shade);
    }
  }
  return true;
}

/** Black over the pixel; what was clear becomes as opaque as the shadow. */
function darken(data: Uint8Array, i: number, shade: number) {
  const own = (data[i + 3] ?? 0) / 255;
  const total = shade + own * (1 - shade);
  const kept = (own * (1 - shade)) / total;
  for (let channel = 0; channel < 3; channel++) {
    data[i + channel] = Math.round((data[i + channel] ?? 0) * kept);
  }
  data[i + 3] = Math.round(255 * total);
}

/** Two box means of the background alone, weighed by how much of it is seen; far inside the subject a wider one fills in. */
function blurBehind(small: Pixels, channel: number, alpha: Plane, radius: number): Plane {
  const { width, height } = alpha;
  const light = makePlane(width, height);
  const weight = makePlane(width, height);
  for (let i = 0; i < light.data.length; i++) {
    const seen = (1 - (alpha.data[i] ?? 0)) ** 2;
    weight.data[i] = seen;
    light.data[i] = seen * toLinear(small.data[i * 4 + channel] ?? 0);
  }
  const out = makePlane(width, height);
  let filled = 0;
  for (const reach of [radius, radius * 4, Math.max(width, height)]) {
    for (const plane of [light, weight]) boxMean(boxMean(plane, reach, plane), reach, plane);
    filled = 0;
    for (let i = 0; i < out.data.length; i++) {
      if ((out.data[i] ?? 0) === 0 && (weight.data[i] ?? 0) > 0.004) {
        out.data[i] = Math.max(0.001, toSrgb((light.data[i] ?? 0) / (weight.data[i] ?? 0)));
      }
      if ((out.data[i] ?? 0) > 0) filled++;
    }
    if (filled === out.data.length) break;
  }
  return out;
}
