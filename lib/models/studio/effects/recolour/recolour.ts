import { type Mask, type Pixels, resizeMask, resizePixels } from "@/lib/images/pixels";
import type { EditOp } from "../../edit-plan";
import type { Subject } from "../../subject/types";
import { labOf, rgbToLab, writeLab } from "../colour/oklab";
import { mix } from "../colour/srgb";
import { guidedFilter } from "../filters/guided";
import { makeDye } from "./dye";
import { type Material, mainMaterial, type Zone } from "./material";
import { keepParts } from "./parts";

type Recolour = Extract<EditOp, { op: "recolour" }>;

/** Long edge in pixels at which it is decided what belongs to the material. */
const LOOK = 1000;

/**
 * Dyes a part of the picture and keeps its texture, folds and light. Of a subject with several materials the main
 * one is dyed; pixels outside the part keep their bytes.
 */
export async function recolour(
  pixels: Pixels,
  { colour, part, noun }: Recolour,
  subject: () => Promise<Subject>,
): Promise<Pixels> {
  const mask = await maskOf(pixels, part, subject);
  const zone = part === "subject" ? zoneOf(noun, (await subject()).box, pixels.height) : null;
  const material = mainMaterial(pixels, mask, zone);
  if (!material) return pixels;
  const weights = part === "subject" ? await materialMask(pixels, mask, material) : mask;
  return dyePixels(pixels, weights, makeDye({ from: material.colour, lit: material.lit, to: labOf(colour) }));
}

/** Where on a dressed person a piece of clothing sits, as shares of the subject's height. */
const CLOTHING = [
  { words: /\b(hat|cap|beanie|helmet|hair)\b/i, from: 0, to: 0.14 },
  {
    words: /\b(shirt|t-shirt|tee|top|jacket|coat|hoodie|sweater|jumper|blouse|vest|blazer)\b/i,
    from: 0.2,
    to: 0.48,
  },
  { words: /\b(trousers|pants|jeans|shorts|skirt|leggings)\b/i, from: 0.52, to: 0.85 },
  { words: /\b(shoes?|boots?|sneakers?|trainers)\b/i, from: 0.9, to: 1 },
];

function zoneOf(noun: string | null, box: Subject["box"], height: number): Zone | null {
  const piece = CLOTHING.find(({ words }) => noun !== null && words.test(noun));
  if (!piece) return null;
  return {
    from: (box.y + box.height * piece.from) / height,
    to: (box.y + box.height * piece.to) / height,
  };
}

async function maskOf({ width, height }: Pixels, part: Recolour["part"], subject: () => Promise<Subject>) {
  if (part === "everything") return { data: new Uint8Array(width * height).fill(255), width, height };
  const { mask } = await subject();
  if (part === "subject") return mask;
  return { data: mask.data.map((value) => 255 - value), width, height };
}

/** The mask times how far each pixel belongs to the material, settled along the edges of the picture. */
async function materialMask(pixels: Pixels, mask: Mask, { belongs }: Material): Promise<Mask> {
  const scale = Math.min(1, LOOK / Math.max(pixels.width, pixels.height));
  const width = Math.max(1, Math.round(pixels.width * scale));
  const height = Math.max(1, Math.round(pixels.height * scale));
  const small = await resizePixels(pixels, width, height);
  const inside = await resizeMask(mask, width, height, "linear");
  const share = new Float32Array(width * height);
  const light = new Float32Array(width * height);
  const lab = { l: 0, a: 0, b: 0 };
  for (let p = 0, i = 0; p < share.length; p++, i += 4) {
    rgbToLab(small.data[i] ?? 0, small.data[i + 1] ?? 0, small.data[i + 2] ?? 0, lab);
    // Only what is surely outside: the mask's own soft edge is multiplied in at full size.
    share[p] = (inside.data[p] ?? 0) > 8 ? belongs(lab) : 0;
    light[p] = lab.l;
  }
  keepParts({ data: share, width, height }, small);
  const settled = guidedFilter(share, { guide: light, size: small, radius: 4, epsilon: 0.002 });
  const bytes = Uint8Array.from(settled, (value) => Math.min(255, Math.max(0, value * 1.06 * 255 - 6)));
  const full = await resizeMask({ data: bytes, width, height }, pixels.width, pixels.height, "linear");
  const data = mask.data.map((value, p) => Math.round((value * (full.data[p] ?? 0)) / 255));
  return { data, width: pixels.width, height: pixels.height };
}

function dyePixels(pixels: Pixels, weights: Mask, dye: ReturnType<typeof makeDye>): Pixels {
  const data = new Uint8Array(pixels.data);
  const lab = { l: 0, a: 0, b: 0 };
  for (let p = 0, i = 0; p < weights.data.length; p++, i += 4) {
    const weight = (weights.data[p] ?? 0) / 255;
    if (weight === 0 || data[i + 3] === 0) continue;
    rgbToLab(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0, lab);
    const { l, a, b } = lab;
    dye(lab);
    writeLab(data, i, mix(l, lab.l, weight), mix(a, lab.a, weight), mix(b, lab.b, weight));
  }
  return { ...pixels, data };
}
