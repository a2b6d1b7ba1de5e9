import type { Plane } from "../raster/plane";

const CERTAIN = 0.85;

/**
 * Parts of the picture are kept whole or dropped, so that nothing half-recognised stays as a ghost. A part stays when
 * it carries at least 3 % of the largest one's weight and a quarter of it is certain. In place; dropped parts become 0.
 * @param inside a pixel belongs to a part above this value
 */
export function keepSureParts(plane: Plane, inside: number): void {
  const { labels, parts } = labelParts(plane, inside);
  const heaviest = parts.reduce((most, part) => Math.max(most, part.weight), 0);
  const keep = parts.map(
    ({ weight, area, certain }) =>
      weight === heaviest || (weight >= heaviest * 0.03 && certain >= area * 0.25),
  );
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0;
    if (label > 0 && keep[label - 1] === false) plane.data[i] = 0;
  }
}

type Part = { weight: number; area: number; certain: number };

/** Four-connected parts of what lies above `inside`; label 0 is outside, label n is `parts[n - 1]`. */
export function labelParts(plane: Plane, inside: number): { labels: Int32Array; parts: Part[] } {
  const labels = new Int32Array(plane.data.length);
  const parts: Part[] = [];
  const stack = new Int32Array(plane.data.length);
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] !== 0 || (plane.data[start] ?? 0) <= inside) continue;
    parts.push(fillPart({ plane, labels, stack, inside }, start, parts.length + 1));
  }
  return { labels, parts };
}

type Flood = { plane: Plane; labels: Int32Array; stack: Int32Array; inside: number };

function fillPart({ plane, labels, stack, inside }: Flood, start: number, label: number): Part {
  const { data, width } = plane;
  const part: Part = { weight: 0, area: 0, certain: 0 };
  let depth = 0;
  const visit = (i: number) => {
    if (i < 0 || i >= data.length || labels[i] !== 0 || (data[i] ?? 0) <= inside) return;
    labels[i] = label;
    stack[depth++] = i;
  };
  visit(start);
  while (depth > 0) {
    const i = stack[--depth] ?? 0;
    const value = data[i] ?? 0;
    part.area++;
    part.weight += value;
    if (value > CERTAIN) part.certain++;
    const x = i % width;
    if (x > 0) visit(i - 1);
    if (x < width - 1) visit(i + 1);
    visit(i - width);
    visit(i + width);
  }
  return part;
}
