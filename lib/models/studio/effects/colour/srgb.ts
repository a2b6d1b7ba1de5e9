/** Linear light (0..1) of each 8-bit sRGB value (IEC 61966-2-1). */
export const LINEAR = Float32Array.from({ length: 256 }, (_, value) => toLinear(value / 255));

// Fine enough that the steep dark end still moves by less than a quarter of an 8-bit level per entry.
const STEPS = 16_384;
const ENCODED = Uint8Array.from({ length: STEPS + 1 }, (_, i) => Math.round(fromLinear(i / STEPS) * 255));

/** 8-bit sRGB of linear light; outside 0..1 is clipped. */
export function encode(linear: number): number {
  if (linear <= 0) return 0;
  if (linear >= 1) return 255;
  return ENCODED[(linear * STEPS + 0.5) | 0] ?? 0;
}

export function clamp01(value: number): number {
  if (value < 0) return 0;
  return value > 1 ? 1 : value;
}

export function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** 0 below `low`, 1 above `high`, smooth between. */
export function smoothstep(low: number, high: number, value: number): number {
  const t = clamp01((value - low) / (high - low));
  return t * t * (3 - 2 * t);
}

function toLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function fromLinear(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}
