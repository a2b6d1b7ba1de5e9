import type { Pixels } from "@/lib/images/pixels";
import type { Plane } from "../../raster/plane";
import { readRows } from "../../raster/row-reader";
import { shrinkPixels } from "../../raster/shrink";
import { clamp01, encode, LINEAR, mix } from "../colour/srgb";
import { guidedFilter } from "../filters/guided";
import { spreadColour } from "../filters/spread";
import { LUMA, writeLight } from "./light";

const LOOK = 700;

/** Linear light of sRGB values in steps fine enough not to band. */
const FINE_STEPS = 4080;
const FINE = Float32Array.from({ length: FINE_STEPS + 1 }, (_, i) => {
  const place = i / 16;
  const low = Math.floor(place);
  return mix(LINEAR[low] ?? 0, LINEAR[Math.min(255, low + 1)] ?? 1, place - low);
});

/**
 * Splits lightness into a broad base, found along edges so that none gets a halo, and detail; strengthens the
 * detail (1 = as it is) and lifts a dark base by `shadows` (0..1). In place.
 */
export async function localContrast(pixels: Pixels, strength: Strength): Promise<Pixels> {
  const readBase = readRows(await findBase(pixels), pixels.width, pixels.height);
  const { data, width, height } = pixels;
  const gains = makeGains(strength);
  for (let y = 0, i = 0; y < height; y++) {
    const base = readBase(y);
    for (let x = 0; x < width; x++, i += 4) {
      const r = LINEAR[data[i] ?? 0] ?? 0;
      const g = LINEAR[data[i + 1] ?? 0] ?? 0;
      const b = LINEAR[data[i + 2] ?? 0] ?? 0;
      const luminance = LUMA.r * r + LUMA.g * g + LUMA.b * b;
      if (luminance === 0) continue;
      const gain = gains[encode(luminance) * BASE_STEPS + clampStep(base[x] ?? 0)] ?? 0;
      writeLight(data, i, r * gain, g * gain, b * gain);
    }
  }
  return pixels;
}

type Strength = { detail: number; shadows: number };

/** A step of the base moves the result by less than a third of an 8-bit level. */
const BASE_STEPS = 512;

function clampStep(base: number): number {
  const step = (base * (BASE_STEPS - 1) + 0.5) | 0;
  return step < 0 ? 0 : step >= BASE_STEPS ? BASE_STEPS - 1 : step;
}

/** Gain on linear light for every value (0..255) around every base: 0..BASE_STEPS - 1. */
function makeGains({ detail, shadows }: Strength): Float32Array {
  const gains = new Float32Array(256 * BASE_STEPS);
  for (let i = 0; i < gains.length; i++) {
    const value = Math.floor(i / BASE_STEPS);
    const around = (i % BASE_STEPS) / (BASE_STEPS - 1);
    const lifted = around + shadows * around * (1 - around) ** 3 * 3;
    const target = clamp01(lifted + (value / 255 - around) * detail);
    gains[i] = Math.min(6, (FINE[Math.round(target * FINE_STEPS)] ?? 0) / (LINEAR[value] || 0.0003));
  }
  return gains;
}

async function findBase(pixels: Pixels): Promise<Plane> {
  const small = await shrinkPixels(spreadColour(pixels), LOOK);
  const { width, height } = small;
  const light = new Float32Array(width * height);
  for (let p = 0, i = 0; p < light.length; p++, i += 4) {
    const luminance =
      LUMA.r * (LINEAR[small.data[i] ?? 0] ?? 0) +
      LUMA.g * (LINEAR[small.data[i + 1] ?? 0] ?? 0) +
      LUMA.b * (LINEAR[small.data[i + 2] ?? 0] ?? 0);
    light[p] = encode(luminance) / 255;
  }
  const radius = Math.max(2, Math.round(Math.max(width, height) * 0.03));
  const base = guidedFilter(light, { guide: light, size: small, radius, epsilon: 0.012 });
  return { data: base, width, height };
}
