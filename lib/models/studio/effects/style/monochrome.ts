import type { Pixels } from "@/lib/images/pixels";
import { clamp01, encode, LINEAR, mix, smoothstep } from "../colour/srgb";
import { measureLevels } from "../tone/levels";
import { localContrast } from "../tone/local-contrast";

/**
 * Black and white as from a panchromatic film behind a light yellow filter: skies darken a little, skin and warm
 * wood lighten. The range is used from black to white and local contrast is kept up.
 */
export async function blackAndWhite(pixels: Pixels): Promise<Pixels> {
  const grey = filmGrey(pixels);
  const levels = measureLevels(grey);
  const low = Math.min(levels.at(0.003), 0.15);
  const high = Math.max(levels.at(0.996), 0.75);
  const clear = await localContrast(grey, { detail: 1.3, shadows: 0.06 });
  const table = Uint8Array.from({ length: 256 }, (_, value) => {
    const light = clamp01((Math.cbrt(LINEAR[value] ?? 0) - low) / (high - low));
    const curved = mix(light, smoothstep(0, 1, light), 0.35);
    return encode(curved ** 3);
  });
  for (let i = 0; i < clear.data.length; i += 4) {
    const tone = table[clear.data[i + 1] ?? 0] ?? 0;
    clear.data[i] = tone;
    clear.data[i + 1] = tone;
    clear.data[i + 2] = tone;
  }
  return clear;
}

function filmGrey({ data, width, height }: Pixels): Pixels {
  const out = new Uint8Array(data);
  for (let i = 0; i < out.length; i += 4) {
    const light =
      0.34 * (LINEAR[out[i] ?? 0] ?? 0) +
      0.58 * (LINEAR[out[i + 1] ?? 0] ?? 0) +
      0.08 * (LINEAR[out[i + 2] ?? 0] ?? 0);
    const grey = encode(light);
    out[i] = grey;
    out[i + 1] = grey;
    out[i + 2] = grey;
  }
  return { data: out, width, height };
}
