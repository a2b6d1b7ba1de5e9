import { mix } from "../colour/srgb";
import { clouds } from "../filters/noise";

const SIDE = 512;

/** Height of rough paper at any pixel, about -1..1; `scale` = pixels per bump against a 1600 px picture. */
export type Paper = (x: number, y: number) => number;

/** Cold-pressed paper: a tile that repeats without seams, made once per scale. */
export function coldPressed(scale: number, seed: number): Paper {
  const tile = { width: SIDE, height: SIDE };
  const bumps = clouds(tile, { cell: Math.max(2, 7 * scale), octaves: 3, seed, wrap: true });
  const tooth = clouds(tile, { cell: Math.max(1.5, 2.6 * scale), octaves: 1, seed: seed + 7, wrap: true });
  for (let i = 0; i < bumps.length; i++) bumps[i] = mix(bumps[i] ?? 0, tooth[i] ?? 0, 0.4) * 1.6;
  return (x, y) => bumps[(y & (SIDE - 1)) * SIDE + (x & (SIDE - 1))] ?? 0;
}
