import type { Pixels } from "@/lib/images/pixels";
import { fromLabPlanes, type LabPlanes, toLabPlanes } from "../colour/oklab";
import { clamp01, mix, smoothstep } from "../colour/srgb";
import { edgeFlow } from "../filters/flow";
import { inkLines } from "../filters/ink";
import { simplify } from "../filters/kuwahara";
import { paintOn } from "./canvas";

/** A cartoon: flat colours in a few tones under black ink. */
export function cartoon(pixels: Pixels): Promise<Pixels> {
  return paintOn(pixels, paint);
}

function paint(canvas: Pixels): Pixels {
  const unit = Math.max(canvas.width, canvas.height) / 1400;
  const source = toLabPlanes(canvas);
  const flow = edgeFlow(source.l, canvas, 3 * unit);
  const once = simplify(source, { flow, radius: 5 * unit });
  const ink = inkLines(once.l, { flow, stroke: 1.7 * unit, threshold: 0.016, softness: 0.01 });
  const flat = flatten(simplify(once, { flow, radius: 8 * unit }));
  return inkOver(fromLabPlanes(flat), ink);
}

function flatten({ l, a, b, width, height }: LabPlanes): LabPlanes {
  const steps = 6;
  for (let i = 0; i < l.length; i++) {
    const tone = clamp01(l[i] ?? 0) ** 0.88 * steps;
    const step = Math.floor(tone);
    // Narrow ramps between the tones: firm, yet without stairs.
    l[i] = mix(tone, step + smoothstep(0.38, 0.62, tone - step), 0.82) / steps;
    a[i] = lively(a[i] ?? 0);
    b[i] = lively(b[i] ?? 0);
  }
  return { l, a, b, width, height };
}

/** Strong colours gain less, so that none leaves the gamut. */
function lively(component: number): number {
  return component * (1 + 0.5 / (1 + Math.abs(component) * 9));
}

function inkOver({ data, width, height }: Pixels, ink: Float32Array): Pixels {
  for (let p = 0, i = 0; p < ink.length; p++, i += 4) {
    const paper = ink[p] ?? 1;
    data[i] = mix(22, data[i] ?? 0, paper) + 0.5;
    data[i + 1] = mix(18, data[i + 1] ?? 0, paper) + 0.5;
    data[i + 2] = mix(24, data[i + 2] ?? 0, paper) + 0.5;
  }
  return { data, width, height };
}
