import type { Pixels } from "@/lib/images/pixels";
import { smoothstep } from "../colour/srgb";
import { hash } from "../filters/noise";

/** Darkens towards the corners as a lens does; amount 0..1. A dither keeps the soft ramp free of bands. */
export function vignette({ data, width, height }: Pixels, amount: number): Pixels {
  const out = new Uint8Array(data);
  const halfWidth = width / 2;
  const halfHeight = height / 2;
  for (let y = 0, i = 0; y < height; y++) {
    const v = (y + 0.5 - halfHeight) / halfHeight;
    for (let x = 0; x < width; x++, i += 4) {
      const u = (x + 0.5 - halfWidth) / halfWidth;
      const falloff = smoothstep(0.35, 1.5, Math.sqrt(u * u + v * v));
      if (falloff === 0) continue;
      // A gain in linear light is a gain to the power 1/2.2 in sRGB values.
      const gain = (1 - falloff * amount * 0.92) ** (1 / 2.2);
      const dither = hash(x, y, 5) - 0.5;
      for (let c = 0; c < 3; c++) out[i + c] = Math.max(0, (out[i + c] ?? 0) * gain + 0.5 + dither);
    }
  }
  return { data: out, width, height };
}
