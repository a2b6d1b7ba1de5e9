import { gauss, type Size } from "./gauss";

/** Direction along the edges at every pixel (unit vector) and how clear it is, 0..1. */
export type Flow = Size & { x: Float32Array; y: Float32Array; strength: Float32Array };

/** Smoothed structure tensor of a plane; sigma in pixels. */
export function edgeFlow(plane: Float32Array, { width, height }: Size, sigma: number): Flow {
  const size = { width, height };
  const tensor = gradientTensor(plane, size);
  const e = gauss(tensor.xx, size, sigma);
  const f = gauss(tensor.xy, size, sigma);
  const g = gauss(tensor.yy, size, sigma);
  const strength = tensor.xx;
  for (let i = 0; i < plane.length; i++) {
    const xx = e[i] ?? 0;
    const xy = f[i] ?? 0;
    const yy = g[i] ?? 0;
    const root = Math.sqrt((xx - yy) * (xx - yy) + 4 * xy * xy);
    const most = (xx + yy + root) / 2;
    // Two equal forms of the eigenvector; the longer one is the stable one.
    const tx = xx >= yy ? -xy : xx - most;
    const ty = xx >= yy ? most - yy : xy;
    const length = Math.sqrt(tx * tx + ty * ty);
    e[i] = length > 1e-9 ? tx / length : 1;
    f[i] = length > 1e-9 ? ty / length : 0;
    strength[i] = root / (xx + yy + 1e-6);
  }
  return { x: e, y: f, strength, width, height };
}

/** Averages a plane along the flow, `reach` pixels each way: lines close up, noise across them goes. */
export function smoothAlong(plane: Float32Array, flow: Flow, reach: number): Float32Array {
  const { width, height } = flow;
  const out = new Float32Array(plane.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const centre = plane[i] ?? 0;
      out[i] =
        (centre + walk(plane, flow, x, y, reach, 1) + walk(plane, flow, x, y, reach, -1)) / (1 + 2 * reach);
    }
  }
  return out;
}

function walk(plane: Float32Array, flow: Flow, x: number, y: number, reach: number, sign: number): number {
  const { width, height } = flow;
  let px = x + 0.5;
  let py = y + 0.5;
  let at = y * width + x;
  let dx = (flow.x[at] ?? 0) * sign;
  let dy = (flow.y[at] ?? 0) * sign;
  let sum = 0;
  for (let step = 0; step < reach; step++) {
    px += dx;
    py += dy;
    if (px < 0 || py < 0 || px >= width || py >= height) {
      return sum + (plane[at] ?? 0) * (reach - step);
    }
    at = (py | 0) * width + (px | 0);
    sum += plane[at] ?? 0;
    const nx = flow.x[at] ?? 0;
    const ny = flow.y[at] ?? 0;
    // The flow has no sign of its own: keep going forward.
    const turn = nx * dx + ny * dy < 0 ? -1 : 1;
    dx = nx * turn;
    dy = ny * turn;
  }
  return sum;
}

function gradientTensor(plane: Float32Array, { width, height }: Size) {
  const xx = new Float32Array(plane.length);
  const xy = new Float32Array(plane.length);
  const yy = new Float32Array(plane.length);
  for (let y = 0, i = 0; y < height; y++) {
    const up = y > 0 ? -width : 0;
    const down = y < height - 1 ? width : 0;
    for (let x = 0; x < width; x++, i++) {
      const left = x > 0 ? -1 : 0;
      const right = x < width - 1 ? 1 : 0;
      const gx = (plane[i + right] ?? 0) - (plane[i + left] ?? 0);
      const gy = (plane[i + down] ?? 0) - (plane[i + up] ?? 0);
      xx[i] = gx * gx;
      xy[i] = gx * gy;
      yy[i] = gy * gy;
    }
  }
  return { xx, xy, yy };
}
