/** A number 0..1 from whole coordinates: the same for the same seed, always. */
export function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 374_761_393) ^ Math.imul(y, 668_265_263) ^ Math.imul(seed, 2_147_483_647);
  h = Math.imul(h ^ (h >>> 13), 1_274_126_177);
  h = Math.imul(h ^ (h >>> 16), 2_246_822_519);
  return ((h ^ (h >>> 15)) >>> 0) / 4_294_967_296;
}

/** Value noise 0..1, smooth, features about one unit wide. */
export function noise(x: number, y: number, seed: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const fx = fade(x - left);
  const fy = fade(y - top);
  const above = hash(left, top, seed) * (1 - fx) + hash(left + 1, top, seed) * fx;
  const below = hash(left, top + 1, seed) * (1 - fx) + hash(left + 1, top + 1, seed) * fx;
  return above * (1 - fy) + below * fy;
}

/** Octaves of noise, each half as strong and twice as fine; 0..1, mean 0.5. */
export function cloudNoise(x: number, y: number, seed: number, octaves: number): number {
  let sum = 0;
  let strength = 0.5;
  let total = 0;
  for (let octave = 0; octave < octaves; octave++) {
    const size = 2 ** octave;
    sum += strength * noise(x * size + octave * 17.3, y * size - octave * 9.1, seed + octave);
    total += strength;
    strength /= 2;
  }
  return sum / total;
}

/** A stream of numbers 0..1 (mulberry32). */
export function makeRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function fade(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}
