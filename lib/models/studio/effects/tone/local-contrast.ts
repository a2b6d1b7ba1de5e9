import { type Pixels, resizePixels } from "@/lib/images/pixels";
import { clamp01, encode, LINEAR, mix } from "../colour/srgb";
import { guidedFilter } from "../filters/guided";
import { spreadColour } from "../filters/spread";
import { LUMA, writeLight } from "./light";

const LOOK = 700;

/** Linear light of sRGB values in steps fine enough not to band. */
const FINE_STEPS = 4080;
const FINE = Float32Array.from({ length: FINE_STEPS + 1 }, (_, i) => {
  const at = i / 16;
  const low = Math.floor(at);
  return mix(LINEAR[low] ?? 0, LINEAR[Math.min(255, low + 1)] ?? 1, at - low);
});

/**
 * Splits lightness into a broad base, found along edges so that none gets a halo, and detail; strengthens the
 * detail (1 = as it is) and lifts a dark base by `shadows` (0..1).
 */
export async function localContrast(
  pixels: Pixels,
  { detail, shadows }: { detail: number; shadows: number },
): Promise<Pixels> {
  const base = await findBase(pixels);
  const data = new Uint8Array(pixels.data);
  for (let y = 0, i = 0; y < pixels.height; y++) {
    for (let x = 0; x < pixels.width; x++, i += 4) {
      const r = LINEAR[data[i] ?? 0] ?? 0;
      const g = LINEAR[data[i + 1] ?? 0] ?? 0;
      const b = LINEAR[data[i + 2] ?? 0] ?? 0;
      const luminance = LUMA.r * r + LUMA.g * g + LUMA.b * b;
      if (luminance === 0) continue;
      const value = encode(luminance);
      const light = value / 255;
      const around = base(x, y);
      const lifted = around + shadows * around * (1 - around) ** 3 * 3;
      const target = clamp01(lifted + (light - around) * detail);
      const gain = Math.min(6, (FINE[Math.round(target * FINE_STEPS)] ?? 0) / (LINEAR[value] || 0.0003));
      writeLight(data, i, r * gain, g * gain, b * gain);
    }
  }
  return { ...pixels, data };
}

async function findBase(pixels: Pixels): Promise<(x: number, y: number) => number> {
  const scale = Math.min(1, LOOK / Math.max(pixels.width, pixels.height));
  const width = Math.max(1, Math.round(pixels.width * scale));
  const height = Math.max(1, Math.round(pixels.height * scale));
  const small = await resizePixels(spreadColour(pixels), width, height);
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
  return bilinear(base, { width, height, scaleX: width / pixels.width, scaleY: height / pixels.height });
}

function bilinear(
  plane: Float32Array,
  { width, height, scaleX, scaleY }: { width: number; height: number; scaleX: number; scaleY: number },
) {
  return (x: number, y: number) => {
    const fx = Math.min(width - 1, Math.max(0, (x + 0.5) * scaleX - 0.5));
    const fy = Math.min(height - 1, Math.max(0, (y + 0.5) * scaleY - 0.5));
    const left = fx | 0;
    const top = (fy | 0) * width;
    const right = Math.min(width - 1, left + 1);
    const bottom = Math.min(height - 1, (fy | 0) + 1) * width;
    const tx = fx - left;
    const ty = fy - (fy | 0);
    const upper = (plane[top + left] ?? 0) * (1 - tx) + (plane[top + right] ?? 0) * tx;
    const lower = (plane[bottom + left] ?? 0) * (1 - tx) + (plane[bottom + right] ?? 0) * tx;
    return upper * (1 - ty) + lower * ty;
  };
}
