import type { Pixels } from "@/lib/images/pixels";
import { fromLabPlanes, type LabPlanes, toLabPlanes } from "../colour/oklab";
import { clamp01, mix } from "../colour/srgb";
import { edgeFlow, type Flow, smoothAlong } from "../filters/flow";
import { gauss } from "../filters/gauss";
import { simplify } from "../filters/kuwahara";
import { clouds, hash } from "../filters/noise";
import { paintOn } from "./canvas";

/** An oil painting: broad firm strokes along the forms, thick paint that catches the light from the upper left. */
export function oil(pixels: Pixels): Promise<Pixels> {
  return paintOn(pixels, paint);
}

function paint(canvas: Pixels): Pixels {
  const unit = Math.max(canvas.width, canvas.height) / 1400;
  const source = toLabPlanes(canvas);
  const flow = edgeFlow(source.l, canvas, 5 * unit);
  settle(flow, unit);
  const broad = simplify(simplify(source, { flow, radius: 9 * unit }), { flow, radius: 6 * unit });
  return fromLabPlanes(relief(broad, { flow, unit }));
}

/** Where the picture gives no direction, the brush follows a slow turn of its own. */
function settle(flow: Flow, unit: number): void {
  const turn = clouds(flow, { cell: 220 * unit, octaves: 2, seed: 13 });
  for (let i = 0; i < turn.length; i++) {
    const own = clamp01(1 - (flow.strength[i] ?? 0) * 2.2);
    if (own === 0) continue;
    const angle = 0.8 + (turn[i] ?? 0) * 2.2;
    const x = flow.x[i] ?? 1;
    const y = flow.y[i] ?? 0;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const side = x * cos + y * sin < 0 ? -1 : 1;
    const mx = mix(x, cos * side, own);
    const my = mix(y, sin * side, own);
    const length = Math.sqrt(mx * mx + my * my) || 1;
    flow.x[i] = mx / length;
    flow.y[i] = my / length;
  }
}

/** Bristle marks along the flow as a height, lit from the upper left; the colours grow a little richer. */
function relief(planes: LabPlanes, { flow, unit }: { flow: Flow; unit: number }): LabPlanes {
  const { width, height } = planes;
  const grain = new Float32Array(width * height);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) grain[i] = hash(x, y, 41) - 0.5;
  const bristles = smoothAlong(gauss(grain, planes, 1.1 * unit), flow, Math.round(16 * unit));
  const thickness = gauss(bristles, planes, 0.7 * unit);
  let squares = 0;
  for (const value of thickness) squares += value * value;
  const scale = 1 / (Math.sqrt(squares / thickness.length) || 1);
  const { l, a, b } = planes;
  const lit = l.slice();
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const right = x < width - 1 ? i + 1 : i;
      const below = y < height - 1 ? i + width : i;
      const slope = ((thickness[i] ?? 0) * 2 - (thickness[right] ?? 0) - (thickness[below] ?? 0)) * scale;
      // The rims of the strokes themselves stand out too.
      const ridge = (l[i] ?? 0) * 2 - (l[right] ?? 0) - (l[below] ?? 0);
      const shine = -slope * 0.028 + ridge * 0.35 + (thickness[i] ?? 0) * scale * 0.012;
      const tone = clamp01(l[i] ?? 0);
      lit[i] = clamp01(mix(tone, tone * tone * (3 - 2 * tone), 0.22) + shine * (0.45 + tone));
      a[i] = (a[i] ?? 0) * 1.18;
      b[i] = (b[i] ?? 0) * 1.18 + 0.004;
    }
  }
  return { l: lit, a, b, width, height };
}
