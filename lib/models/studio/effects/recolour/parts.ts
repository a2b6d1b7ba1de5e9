import type { Pixels } from "@/lib/images/pixels";
import type { Plane } from "../../raster/plane";
import { labelParts } from "../../subject/components";
import { rgbToLab } from "../colour/oklab";

/** Distance in a/l and b/l within which two parts that do not touch may be one material: of greys, and more with strength. */
const SAME_GREY = 0.025;
const SAME_COLOUR = 0.1;

/**
 * Takes away, in place, what is like the material pixel by pixel and is another thing as a whole: a part apart from the
 * largest one whose mean colour is its own, as the coffee in a red cup.
 * @param share how far each pixel belongs to the material, 0..1, in the geometry of `small`
 */
export function keepParts(share: Plane, small: Pixels): void {
  const { labels, parts } = labelParts(share, 0.25);
  const means = meanColours(labels, parts.length, small);
  const main = means.reduce<Mean | null>((most, mean) => (mean.area > (most?.area ?? 0) ? mean : most), null);
  if (!main) return;
  const reach = SAME_GREY + SAME_COLOUR * Math.hypot(main.a, main.b);
  const keep = means.map(({ a, b }) => Math.hypot(a - main.a, b - main.b) < reach);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0;
    if (label > 0 && keep[label - 1] === false) share.data[i] = 0;
  }
}

/** a/l and b/l: what light and shade leave alone. */
type Mean = { area: number; a: number; b: number };

function meanColours(labels: Int32Array, count: number, { data }: Pixels): Mean[] {
  const means = Array.from({ length: count }, () => ({ area: 0, a: 0, b: 0 }));
  const lab = { l: 0, a: 0, b: 0 };
  for (let i = 0; i < labels.length; i++) {
    const mean = means[(labels[i] ?? 0) - 1];
    if (!mean) continue;
    rgbToLab(data[i * 4] ?? 0, data[i * 4 + 1] ?? 0, data[i * 4 + 2] ?? 0, lab);
    mean.area++;
    mean.a += lab.a / (lab.l + 0.05);
    mean.b += lab.b / (lab.l + 0.05);
  }
  return means.map(({ area, a, b }) => ({ area, a: a / area, b: b / area }));
}
