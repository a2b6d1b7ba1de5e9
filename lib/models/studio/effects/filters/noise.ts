import type { Size } from "./gauss";

/** A number 0..1 that depends on the position and the seed alone. */
export function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296;
}

/** Clouds -1..1: value noise in octaves, the first with cells of `cell` pixels, each next half as large and strong. */
export function clouds(
  { width, height }: Size,
  { cell, octaves, seed, wrap = false }: { cell: number; octaves: number; seed: number; wrap?: boolean },
): Float32Array {
  const out = new Float32Array(width * height);
  let total = 0;
  for (let octave = 0; octave < octaves; octave++) {
    const strength = 0.5 ** octave;
    total += strength;
    addLattice(out, {
      width,
      height,
      cell: Math.max(1, cell * strength),
      seed: seed + octave * 101,
      strength,
      wrap,
    });
  }
  for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) / total;
  return out;
}

type Lattice = Size & { cell: number; seed: number; strength: number; wrap: boolean };

function addLattice(out: Float32Array, { width, height, cell, seed, strength, wrap }: Lattice): void {
  const across = wrap ? Math.max(1, Math.round(width / cell)) : Math.ceil(width / cell) + 1;
  const down = wrap ? Math.max(1, Math.round(height / cell)) : Math.ceil(height / cell) + 1;
  const cellX = wrap ? width / across : cell;
  const cellY = wrap ? height / down : cell;
  const cells = Int32Array.from({ length: width }, (_, x) => Math.floor(x / cellX));
  const columns = Float32Array.from({ length: width }, (_, x) => fade(x / cellX - Math.floor(x / cellX)));
  const upper = new Float32Array(across + 1);
  const lower = new Float32Array(across + 1);
  const between = new Float32Array(across + 1);
  let filled = -1;
  for (let y = 0; y < height; y++) {
    const cy = Math.floor(y / cellY);
    if (cy !== filled) {
      filled = cy;
      for (let cx = 0; cx <= across; cx++) {
        const hx = wrap ? cx % across : cx;
        upper[cx] = hash(hx, wrap ? cy % down : cy, seed) * 2 - 1;
        lower[cx] = hash(hx, wrap ? (cy + 1) % down : cy + 1, seed) * 2 - 1;
      }
    }
    const ty = fade(y / cellY - cy);
    for (let cx = 0; cx <= across; cx++) {
      const top = upper[cx] ?? 0;
      between[cx] = (top + ((lower[cx] ?? 0) - top) * ty) * strength;
    }
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const cx = cells[x] ?? 0;
      const left = between[cx] ?? 0;
      out[i] = (out[i] ?? 0) + left + ((between[cx + 1] ?? 0) - left) * (columns[x] ?? 0);
    }
  }
}

function fade(t: number): number {
  return t * t * (3 - 2 * t);
}
