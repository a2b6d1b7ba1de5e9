import { type Lab, maxChroma } from "../colour/oklab";
import { clamp01, mix, smoothstep } from "../colour/srgb";

/** Writes to `lab` what it looks like after the material was dyed. */
export type Dye = (lab: Lab) => void;

const STEPS = 512;

/**
 * Turns the shades of a material into shades of the target. A diffuse surface under less light scales l, a and b by
 * one factor, so every shade is the target times its lightness; above the target's own lightness colour gives way
 * to white as far as sRGB allows, which keeps highlights.
 */
export function makeDye({ from, lit, to }: { from: Lab; lit: number; to: Lab }): Dye {
  const hue = Math.atan2(to.b, to.a);
  const chroma = Math.hypot(to.a, to.b);
  const chromaAt = Float32Array.from({ length: STEPS + 1 }, (_, i) => {
    const l = i / STEPS;
    return Math.min((chroma * l) / Math.max(to.l, 0.05), maxChroma(l, hue) * 0.98, chroma * 1.05);
  });
  const tone = toneCurve({ from: from.l, lit, to: meanLightness({ from: from.l, lit, to, chroma }) });
  const cos = Math.cos(hue);
  const sin = Math.sin(hue);
  const fromChroma = Math.hypot(from.a, from.b);
  const own = smoothstep(0.03, 0.1, fromChroma);
  return (lab) => {
    const relative = Math.hypot(lab.a, lab.b) / Math.max(0.01, (fromChroma * lab.l) / Math.max(from.l, 0.05));
    // Where the old colour was paler than usual (gloss, print) the new one is paler too, in part.
    const strength = mix(1, mix(clamp01(relative), 1, 0.35), own * smoothstep(from.l, from.l + 0.25, lab.l));
    const shade = lab.l / Math.max(from.l, 0.05);
    const driftA = (lab.a - from.a * shade) * DRIFT;
    const driftB = (lab.b - from.b * shade) * DRIFT;
    const l = tone(lab.l);
    const c = (chromaAt[Math.round(l * STEPS)] ?? 0) * strength;
    lab.l = l;
    lab.a = c * cos + driftA;
    lab.b = c * sin + driftB;
  };
}

const DARKEST = 0.23;

/** Share of the old variation of hue that stays: none looks like plastic. */
const DRIFT = 0.12;

/** Where the middle shade of the material goes: most of the way down, a good part of the way up. */
function meanLightness({ from, lit, to, chroma }: { from: number; lit: number; to: Lab; chroma: number }) {
  const neutral = 1 - smoothstep(0.02, 0.08, chroma);
  const down = mix(0.9, 0.84, neutral);
  // Yellow and white are only themselves when they are light.
  const up = mix(0.62, 0.86, Math.max(neutral, smoothstep(0.78, 0.92, to.l)));
  if (to.l >= from) return clamp01(from + (to.l - from) * up);
  // Black things are seen by the grey of their shades: pure black would be a hole.
  const mean = Math.max(Math.min(from, DARKEST), from + (to.l - from) * down);
  // What is in full light may be little lighter than the target, or red would turn out pink.
  return mix(Math.min(mean, (to.l * 1.12 * from) / Math.max(from, lit)), mean, neutral);
}

/**
 * Lightness curve from 0..1 to 0..1 that takes `from` to `to` and keeps order: scaled light as far as the material is
 * lit, and above that a way back to white for gloss, where the material is dark enough for gloss to show.
 */
function toneCurve({ from, lit, to }: { from: number; lit: number; to: number }): (l: number) => number {
  const mid = Math.min(0.98, Math.max(0.03, from));
  const scale = to / mid;
  const power = Math.log(Math.max(0.05, to)) / Math.log(mid);
  const glossy = Math.min(0.98, Math.max(mid, lit));
  // On a dark result every bright spot reads as gloss.
  const gloss = Math.max(1 - smoothstep(0.72, 0.9, glossy), 0.5 - 0.5 * smoothstep(0.25, 0.45, to));
  return (l) => {
    if (scale > 1) return clamp01(mix(l * scale, clamp01(l) ** power, smoothstep(0.6, 1.2, l / mid)));
    const diffuse = l * scale;
    if (l <= glossy) return clamp01(diffuse);
    const over = clamp01((l - glossy) / (1 - glossy)) ** 1.5;
    return clamp01(mix(diffuse, mix(glossy * scale, 0.97, over), gloss));
  };
}
