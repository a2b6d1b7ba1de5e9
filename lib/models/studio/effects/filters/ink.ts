import { type Flow, smoothAlong } from "./flow";
import { gauss, type Size } from "./gauss";

/**
 * Drawn lines, 0 = ink .. 1 = paper: extended difference of Gaussians (Winnemöller 2011) of a lightness
 * plane, joined along the flow. `width` of the stroke in pixels; `threshold` is how faint an edge may be.
 */
export function inkLines(
  lightness: Float32Array,
  { flow, stroke, threshold, softness }: { flow: Flow; stroke: number; threshold: number; softness: number },
): Float32Array {
  const size: Size = flow;
  const fine = gauss(lightness, size, stroke);
  const wide = gauss(lightness, size, stroke * 1.8);
  for (let i = 0; i < fine.length; i++) fine[i] = (fine[i] ?? 0) - (wide[i] ?? 0);
  const joined = smoothAlong(fine, flow, Math.max(2, Math.round(stroke * 3)));
  for (let i = 0; i < joined.length; i++) {
    const below = (joined[i] ?? 0) + threshold;
    joined[i] = below >= 0 ? 1 : 1 + Math.tanh(below / softness);
  }
  return joined;
}
