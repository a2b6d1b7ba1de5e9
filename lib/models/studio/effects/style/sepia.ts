import type { Pixels } from "@/lib/images/pixels";
import { writeLab } from "../colour/oklab";
import { LINEAR } from "../colour/srgb";
import { blackAndWhite } from "./monochrome";

/** A toned print: the black-and-white picture in browns from umber to cream. */
export async function sepia(pixels: Pixels): Promise<Pixels> {
  const grey = await blackAndWhite(pixels);
  const tones = new Uint8Array(256 * 4);
  for (let value = 0; value < 256; value++) {
    const light = Math.cbrt(LINEAR[value] ?? 0);
    // Most colour in the lower middle tones; blacks are lifted as on old paper.
    const l = 0.14 + light * 0.83;
    const strength = 0.028 + 0.05 * Math.sin(Math.PI * Math.min(1, light * 0.9 + 0.1));
    writeLab(tones, value * 4, l, strength * 0.32, strength * 0.95);
  }
  for (let i = 0; i < grey.data.length; i += 4) {
    const tone = (grey.data[i] ?? 0) * 4;
    grey.data[i] = tones[tone] ?? 0;
    grey.data[i + 1] = tones[tone + 1] ?? 0;
    grey.data[i + 2] = tones[tone + 2] ?? 0;
  }
  return grey;
}
