import type { Pixels } from "@/lib/images/pixels";
import type { Light } from "./backdrops/types";
import { toLinear, toSrgb } from "./raster/light";

type Lighting = {
  /** Mean linear luminance of the subject, 0..1. */
  level: number;
  /** The brighter side: where the light of the photo came from. */
  from: -1 | 1;
};

/** Reads how a cut-out was lit from every n-th pixel, about 40,000 in all. */
export function readLighting({ data, width, height }: Pixels): Lighting {
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / 40_000)));
  let weight = 0;
  let sum = 0;
  let centre = 0;
  let bright = 0;
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const i = (y * width + x) * 4;
      const alpha = (data[i + 3] ?? 0) / 255;
      if (alpha === 0) continue;
      const light =
        0.2126 * toLinear(data[i] ?? 0) +
        0.7152 * toLinear(data[i + 1] ?? 0) +
        0.0722 * toLinear(data[i + 2] ?? 0);
      weight += alpha;
      sum += alpha * light;
      centre += alpha * x;
      bright += alpha * light * x;
    }
  }
  if (weight === 0) return { level: 0.2, from: -1 };
  return { level: sum / weight, from: bright / Math.max(sum, 1e-6) > centre / weight ? 1 : -1 };
}

/** Tables for `relight`: the place's colour and a share of its brightness on the subject; null where nothing changes. */
export function matchLight(
  { tint, pull, level }: Light,
  subject: number,
): [Uint8Array, Uint8Array, Uint8Array] | null {
  const gain = Math.min(Math.max((level / Math.max(subject, 0.01)) ** pull, 0.5), 1.35);
  const gains = [tint.r * gain, tint.g * gain, tint.b * gain];
  if (gains.every((value) => Math.abs(value - 1) < 0.004)) return null;
  const table = (value: number) =>
    Uint8Array.from({ length: 256 }, (_, v) => Math.round(toSrgb(shoulder(toLinear(v) * value, value))));
  return [table(tint.r * gain), table(tint.g * gain), table(tint.b * gain)];
}

/** Brightening keeps white at white: highlights are bent instead of cut. */
function shoulder(light: number, gain: number): number {
  if (gain <= 1) return light;
  return light / (1 + light * (1 - 1 / gain));
}
