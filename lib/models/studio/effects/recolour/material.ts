import type { Mask, Pixels } from "@/lib/images/pixels";
import { type Lab, rgbToLab } from "../colour/oklab";
import { clamp01, smoothstep } from "../colour/srgb";

/**
 * The main material of the marked part: its usual colour, its lightness in full light, and how far a colour belongs to
 * it, 0..1.
 */
export type Material = { colour: Lab; lit: number; belongs: (lab: Lab) => number };

/** Number of groups the colours are first sorted into. */
const GROUPS = 6;
/** A share of the part above which the rest is taken for light and shade, not for another material. */
const WHOLE = 0.94;

/** Part of the frame in which the material is looked for first, rows from the top as shares. */
export type Zone = { from: number; to: number };

/**
 * Finds the main material among the pixels of the mask (in the zone, if there is one), null where the mask is empty.
 * Where nearly everything is of one material all of it belongs, patterns and shadows included.
 */
export function mainMaterial(pixels: Pixels, mask: Mask, zone: Zone | null): Material | null {
  const samples = sampleColours(pixels, mask, { from: 0, to: 1 });
  if (samples.length === 0) return null;
  const inZone = zone ? sampleColours(pixels, mask, zone) : samples;
  const groups = cluster(inZone.length > 0 ? inZone : samples);
  const seed = groups.reduce((most, group) => (group.weight > most.weight ? group : most));
  const colour = weightedMean(samples, likeness(seed.lab, OTHER_HUES));
  const belongs = likeness(colour, OTHER_HUES);
  // A coat of many hues is still one coat where there is next to nothing else.
  const wide = likeness(colour, NO_HUE);
  const share = samples.reduce((sum, lab) => sum + wide(lab), 0) / samples.length;
  const whole = smoothstep(WHOLE - 0.1, WHOLE, share);
  const shades = Float64Array.from(
    samples.filter((lab) => belongs(lab) > 0.5),
    ({ l }) => l,
  ).sort();
  const lit = Math.max(colour.l, shades[Math.floor(shades.length * 0.93)] ?? 0);
  return { colour, lit, belongs: (lab) => whole + (1 - whole) * belongs(lab) };
}

/** Sines of the angles between two hues up to which they may be one material, and from which they never are. */
const OTHER_HUES = { from: Math.sin((22 * Math.PI) / 180), to: Math.sin((36 * Math.PI) / 180) };
const NO_HUE = { from: 1, to: 2 };

/**
 * Shade scales l, a and b together (OKLab is homogeneous in light), so colourful materials are told by a/l and
 * b/l, grey ones by their lightness. Gloss and dust take colour away and leave the hue: coffee is no saucer.
 */
function likeness(main: Lab, other: typeof OTHER_HUES): (lab: Lab) => number {
  const mainA = main.a / (main.l + 0.05);
  const mainB = main.b / (main.l + 0.05);
  const mainStrength = Math.sqrt(mainA * mainA + mainB * mainB);
  const colourful = smoothstep(0.05, 0.14, mainStrength);
  const reach = 0.05 + mainStrength * 0.3;
  const notSkin = 1 - skinLikeness(main);
  return (lab) => {
    const { l, a, b } = lab;
    const da = a / (l + 0.05) - mainA;
    const db = b / (l + 0.05) - mainB;
    const strength = Math.hypot(a, b) / (l + 0.05);
    const turn = Math.abs(mainA * b - mainB * a) / ((l + 0.05) * Math.max(mainStrength * strength, 1e-6));
    // More of the same hue is the same dye, laid on thicker.
    const off = Math.hypot(da, db) - colourful * 0.4 * Math.max(0, strength - mainStrength) * (1 - turn);
    const hueMatch = 1 - smoothstep(reach, reach * 1.9, off);
    const otherHue = colourful * smoothstep(0.06, 0.12, strength) * smoothstep(other.from, other.to, turn);
    const gap = l < main.l ? (main.l - l) / Math.max(main.l, 0.3) : (l - main.l) * 1.2;
    const lightMatch = 1 - smoothstep(0.44, 0.66, gap);
    const skin = skinLikeness(lab) * notSkin;
    return hueMatch * (1 - otherHue) * (colourful + (1 - colourful) * lightMatch) * (1 - skin);
  };
}

/** Human skin of every tone lies in a narrow fan of hues at modest chroma. */
function skinLikeness({ l, a, b }: Lab): number {
  const strength = Math.hypot(a, b) / (l + 0.05);
  const hue = Math.atan2(b, a);
  const inFan = smoothstep(0.35, 0.55, hue) * (1 - smoothstep(1.25, 1.45, hue));
  const modest = smoothstep(0.045, 0.07, strength) * (1 - smoothstep(0.13, 0.165, strength));
  return inFan * modest * smoothstep(0.25, 0.35, l);
}

function sampleColours({ data, width, height }: Pixels, mask: Mask, zone: Zone): Lab[] {
  const stride = Math.max(1, Math.floor(Math.sqrt((width * height) / 40_000)));
  const samples: Lab[] = [];
  for (let y = Math.floor(zone.from * height); y < zone.to * height; y += stride) {
    for (let x = 0; x < width; x += stride) {
      const p = y * width + x;
      // Soft edges are mixtures and would count as colours of their own.
      if ((mask.data[p] ?? 0) < 200 || (data[p * 4 + 3] ?? 0) < 128) continue;
      const lab = { l: 0, a: 0, b: 0 };
      rgbToLab(data[p * 4] ?? 0, data[p * 4 + 1] ?? 0, data[p * 4 + 2] ?? 0, lab);
      samples.push(lab);
    }
  }
  return samples;
}

/** k-means with far-apart starts; lightness counts less than hue, for one material has many shades. */
function cluster(samples: Lab[]): { lab: Lab; weight: number }[] {
  let centres = farApart(samples);
  let weights: number[] = [];
  for (let round = 0; round < 8; round++) {
    const sums = centres.map(() => ({ l: 0, a: 0, b: 0, n: 0 }));
    for (const lab of samples) {
      const sum = sums[nearest(centres, lab)];
      if (!sum) continue;
      sum.l += lab.l;
      sum.a += lab.a;
      sum.b += lab.b;
      sum.n += 1;
    }
    const filled = sums.filter(({ n }) => n > 0);
    centres = filled.map(({ l, a, b, n }) => ({ l: l / n, a: a / n, b: b / n }));
    weights = filled.map(({ n }) => n);
  }
  return centres.map((lab, k) => ({ lab, weight: weights[k] ?? 0 }));
}

function farApart(samples: Lab[]): Lab[] {
  const centres = [weightedMean(samples, () => 1)];
  while (centres.length < GROUPS) {
    let farthest = centres[0];
    let most = -1;
    for (let i = 0; i < samples.length; i += 7) {
      const lab = samples[i];
      if (!lab) continue;
      const distance = Math.min(...centres.map((centre) => distanceOf(centre, lab)));
      if (distance <= most) continue;
      most = distance;
      farthest = lab;
    }
    if (!farthest || most < 1e-6) break;
    centres.push(farthest);
  }
  return centres;
}

function nearest(centres: Lab[], lab: Lab): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < centres.length; k++) {
    const distance = distanceOf(centres[k] ?? lab, lab);
    if (distance >= least) continue;
    least = distance;
    best = k;
  }
  return best;
}

function distanceOf(one: Lab, other: Lab): number {
  const l = (one.l - other.l) * 0.4;
  const a = one.a - other.a;
  const b = one.b - other.b;
  return l * l + a * a + b * b;
}

function weightedMean(samples: Lab[], weigh: (lab: Lab) => number): Lab {
  const sum = { l: 0, a: 0, b: 0 };
  let weights = 1e-9;
  for (const lab of samples) {
    const weight = clamp01(weigh(lab));
    sum.l += lab.l * weight;
    sum.a += lab.a * weight;
    sum.b += lab.b * weight;
    weights += weight;
  }
  return { l: sum.l / weights, a: sum.a / weights, b: sum.b / weights };
}
