/** sRGB 0..255 to linear light 0..1 (IEC 61966-2-1). */
export function toLinear(value: number): number {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** Linear light 0..1 to sRGB 0..255, not rounded; what is brighter than white is white. */
export function toSrgb(light: number): number {
  const clipped = Math.min(Math.max(light, 0), 1);
  return 255 * (clipped <= 0.0031308 ? clipped * 12.92 : 1.055 * clipped ** (1 / 2.4) - 0.055);
}
