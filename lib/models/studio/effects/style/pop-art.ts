import type { Pixels } from "@/lib/images/pixels";
import { type Lab, type LabPlanes, labOf, toLabPlanes } from "../colour/oklab";
import { clamp01, mix, smoothstep } from "../colour/srgb";
import { edgeFlow } from "../filters/flow";
import { inkLines } from "../filters/ink";
import { simplify } from "../filters/kuwahara";
import { paintOn } from "./canvas";

/** A comic print: few loud inks, Ben-Day dots for the tones between them, black for lines and shadows. */
export function popArt(pixels: Pixels): Promise<Pixels> {
  return paintOn(pixels, print);
}

function print(canvas: Pixels): Pixels {
  const { width, height } = canvas;
  const unit = Math.max(width, height) / 1400;
  const source = toLabPlanes(canvas);
  const flow = edgeFlow(source.l, canvas, 3 * unit);
  const flat = simplify(simplify(source, { flow, radius: 6 * unit }), { flow, radius: 8 * unit });
  const ink = inkLines(flat.l, { flow, stroke: 2.2 * unit, threshold: 0.014, softness: 0.008 });
  const inks = inkOfPixels(flat);
  const range = toneRange(flat.l);
  const pitch = Math.max(4, 13 * unit);
  const data = new Uint8Array(canvas.data.length);
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p++) {
      const tone = clamp01(((flat.l[p] ?? 0) - range.low) / (range.high - range.low));
      const colour = INKS[inks[p] ?? 0]?.rgb ?? WHITE;
      // Full colour in the middle tones, dots of it on paper above, black creeping in below.
      const dots = dot(x, y, pitch, 1.12 - smoothstep(0.45, 0.92, tone) * 0.95);
      const black = Math.max(
        1 - (ink[p] ?? 1),
        smoothstep(0.19, 0.15, tone),
        dotsOfShadow(x, y, pitch, tone),
      );
      const i = p * 4;
      data[i] = mix(mix(WHITE.r, colour.r, dots), BLACK.r, black) + 0.5;
      data[i + 1] = mix(mix(WHITE.g, colour.g, dots), BLACK.g, black) + 0.5;
      data[i + 2] = mix(mix(WHITE.b, colour.b, dots), BLACK.b, black) + 0.5;
      data[i + 3] = 255;
    }
  }
  return { data, width, height };
}

const WHITE = { r: 253, g: 249, b: 238 };
const BLACK = { r: 20, g: 16, b: 24 };
const INKS = [
  { r: 232, g: 28, b: 46 },
  { r: 255, g: 122, b: 20 },
  { r: 255, g: 208, b: 0 },
  { r: 34, g: 170, b: 74 },
  { r: 0, g: 168, b: 222 },
  { r: 32, g: 72, b: 190 },
  { r: 214, g: 40, b: 140 },
].map((rgb) => ({ rgb, hue: unitHue(labOf(rgb)) }));

/** Greys take the blue of newsprint shadows, or yellow where they are light. */
const COOL_GREY = 4;
const WARM_GREY = 2;

function inkOfPixels({ l, a, b }: LabPlanes): Uint8Array {
  return Uint8Array.from(l, (light, i) => {
    const ca = a[i] ?? 0;
    const cb = b[i] ?? 0;
    const chroma = Math.sqrt(ca * ca + cb * cb);
    if (chroma < 0.022) return light > 0.82 ? WARM_GREY : COOL_GREY;
    let best = 0;
    let closest = -2;
    for (const [k, { hue }] of INKS.entries()) {
      const cosine = (hue.a * ca + hue.b * cb) / chroma;
      if (cosine <= closest) continue;
      closest = cosine;
      best = k;
    }
    return best;
  });
}

function unitHue({ a, b }: Lab): { a: number; b: number } {
  const chroma = Math.sqrt(a * a + b * b);
  return { a: a / chroma, b: b / chroma };
}

/** Coverage 0..1 of a dot screen at 45 degrees; `fill` is the share of the cell's half diagonal the dot reaches. */
function dot(x: number, y: number, pitch: number, fill: number): number {
  const u = (x + y) / pitch;
  const v = (x - y) / pitch;
  const du = u - Math.floor(u) - 0.5;
  const dv = v - Math.floor(v) - 0.5;
  const distance = Math.sqrt(du * du + dv * dv);
  return clamp01((fill * 0.71 - distance) * pitch * 0.7 + 0.5);
}

function dotsOfShadow(x: number, y: number, pitch: number, tone: number): number {
  if (tone > 0.42) return 0;
  return dot(x + pitch / 2, y, pitch * 0.8, smoothstep(0.42, 0.14, tone) * 0.95 - 0.1);
}

function toneRange(lightness: Float32Array): { low: number; high: number } {
  const sorted = lightness.filter((_, i) => i % 17 === 0).sort();
  const low = sorted[Math.floor(sorted.length * 0.02)] ?? 0;
  const high = sorted[Math.floor(sorted.length * 0.98)] ?? 1;
  return { low, high: Math.max(high, low + 0.15) };
}
