/** A number 0..1 from whole coordinates: the same for the same seed, always. */
export function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 374_761_393) ^ Math.imul(y, 668_265_263) ^ Math.imul(seed, 2_147_483_647);
  h = Math.imul(h ^ (h >>> 13), 1_274_126_177);
  h = Math.imul(h ^ (h >>> 16), 2_246_822_519);
  return ((h ^ (h >>> 15)) >>> 0) / 4_294_967_296;
}

/** Values 0..1 and a shuffle of their places: two look-ups instead of a hash at every lattice point. */
const SIZE = 1024;
const VALUES = Float32Array.from({ length: SIZE }, (_, i) => hash(i, 17, 5));
const SHUFFLE = shuffled();

/** Value noise 0..1, smooth, features about one unit wide; repeats after 1,024 units. */
export function noise(x: number, y: number, seed: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const fx = fade(x - left);
  const fy = fade(y - top);
  const rowAbove = shuffle(top + seed * 131);
  const rowBelow = shuffle(top + 1 + seed * 131);
  const above = value(left + rowAbove) * (1 - fx) + value(left + 1 + rowAbove) * fx;
  const below = value(left + rowBelow) * (1 - fx) + value(left + 1 + rowBelow) * fx;
  return above * (1 - fy) + below * fy;
}

function shuffle(index: number): number {
  return SHUFFLE[index & (SIZE - 1)] ?? 0;
}

function value(index: number): number {
  return VALUES[shuffle(index)] ?? 0;
}

function shuffled(): Uint16Array {
  const places = Uint16Array.from({ length: SIZE }, (_, i) => i);
  for (let i = SIZE - 1; i > 0; i--) {
    const j = Math.floor(hash(i, 3, 11) * (i + 1));
    const held = places[i] ?? 0;
    places[i] = places[j] ?? 0;
    places[j] = held;
  }
  return places;
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
