import { smoothstep } from "../../raster/plane";
import { type Canvas, defocus, defocusFrom, dim, fill, mix, type Paint, paint, ramp } from "../canvas";
import { cloudNoise, hash, makeRandom, noise } from "../noise";
import { spot } from "../shapes";
import type { Scenery } from "../types";
import type { SceneLook } from "./sky";

export function paintWoodTable(canvas: Canvas, { horizon, seed, lightFrom }: Scenery): SceneLook {
  const [dark, warm] = [paint("#2c211a"), paint("#7d5c40")];
  const source = 0.5 + lightFrom * 0.3;
  fill(
    canvas,
    (u, v) =>
      mix(dark, warm, 0.2 + 0.7 * Math.exp(-(((u - source) / 0.4) ** 2)) * (0.3 + (0.7 * v) / horizon)),
    0,
    horizon,
  );
  const random = makeRandom(seed + 6);
  const lamps = ["#ffc27a", "#ffdfae", "#ffa860", "#f6e8cf"].map(paint);
  for (let i = 0; i < 36; i++) {
    const place = { u: random(), v: horizon * (0.08 + 0.8 * random()), radius: 0.012 + 0.03 * random() };
    spot(canvas, place, lamps[i % lamps.length] ?? warm, {
      opacity: 0.06 + 0.3 * random() ** 2,
      edge: 0.2,
      glow: true,
    });
  }
  defocus(canvas, 0.005);
  paintPlanks(canvas, {
    top: horizon,
    seed,
    boards: 5,
    tones: [paint("#9a6a3f"), paint("#875a34"), paint("#ab7a4c")],
    shine: { u: source, colour: paint("#ffe0b0"), amount: 0.5 },
  });
  defocusFrom(canvas, horizon, 0.0012, 0.0045);
  return {
    light: { tint: { r: 1.04, g: 1, b: 0.93 }, pull: 0.18, level: 0.18, wrap: 0.26 },
    ground: { shade: { r: 28, g: 15, b: 8 }, strength: 0.95 },
    falloff: 0.3,
  };
}

/** Boards that run away from the viewer, with grain along them, seams between and a reflection at the far end. */
export function paintPlanks(
  canvas: Canvas,
  look: {
    top: number;
    seed: number;
    boards: number;
    tones: Paint[];
    shine: { u: number; colour: Paint; amount: number };
  },
): void {
  const aspect = canvas.width / canvas.height;
  const { seed, shine } = look;
  fill(
    canvas,
    (u, v) => {
      const t = (v - look.top) / (1 - look.top);
      const depth = 1.5 / (t + 0.42);
      const x = (u - 0.5) * Math.max(aspect, 0.8) * depth * look.boards * 0.62 + 40;
      const board = Math.floor(x);
      const across = x - board;
      const along = depth * 3 + hash(board, 3, seed) * 40;
      const rings = cloudNoise(across * 5 + board * 9, along * 0.55, seed + 1, 3);
      const grain = noise(across * 36 + rings * 9, along * 1.6 + board, seed + 2);
      const fibre = noise(across * 90, along * 5, seed + 4);
      const tone = look.tones[Math.floor(hash(board, 1, seed) * look.tones.length)] ?? shine.colour;
      const light =
        0.84 +
        0.3 * (rings - 0.5) +
        0.22 * (grain - 0.5) +
        0.12 * (fibre - 0.5) +
        0.12 * hash(board, 2, seed);
      const seam = smoothstep(0.016, 0.004, Math.min(across, 1 - across));
      const glare = shine.amount * Math.exp(-(((u - shine.u) / 0.34) ** 2)) * (1 - smoothstep(0, 0.75, t));
      return mix(
        dim(tone, light * (1 - 0.6 * seam) * (1 - 0.22 * t)),
        shine.colour,
        glare * (0.7 + 0.3 * grain),
      );
    },
    look.top,
  );
}

export function paintMarble(canvas: Canvas, { horizon, seed, lightFrom }: Scenery): SceneLook {
  const aspect = canvas.width / canvas.height;
  const source = 0.5 + lightFrom * 0.34;
  const [bright, dusk] = [paint("#eceae6"), paint("#a9a7a4")];
  fill(
    canvas,
    (u, v) =>
      mix(bright, dusk, 0.15 + 0.75 * Math.min(1, Math.abs(u - source) * 1.1 + 0.25 * (1 - v / horizon))),
    0,
    horizon,
  );
  defocus(canvas, 0.01);
  const [stone, vein, cloud] = [paint("#f4f3f1"), paint("#8f9196"), paint("#d6d6d6")];
  fill(
    canvas,
    (u, v) => {
      const t = (v - horizon) / (1 - horizon);
      const depth = 1.5 / (t + 0.45);
      const x = (u - 0.5) * aspect * depth;
      const warpX = cloudNoise(x * 1.6, depth * 2.2, seed + 1, 4) - 0.5;
      const warpY = cloudNoise(x * 1.6 + 9, depth * 2.2 + 5, seed + 2, 4) - 0.5;
      const body = cloudNoise(x * 1.2 + warpX, depth * 1.8 + warpY, seed, 4);
      const veins = veinsAt(x + warpX * 1.1, depth + warpY * 1.1, seed);
      const base = mix(mix(stone, cloud, smoothstep(0.35, 0.8, body) * 0.6), vein, veins);
      const glare = Math.exp(-(((u - source) / 0.35) ** 2)) * (1 - smoothstep(0, 0.6, t));
      return dim(base, (0.86 + 0.18 * glare) * (1 - 0.1 * t));
    },
    horizon,
  );
  fill(
    canvas,
    (_, v) => ({
      ...ramp(
        [
          [0, stone],
          [1, cloud],
        ],
        0.3,
      ),
      a: 0.6 * smoothstep(0.008, 0, Math.abs(v - horizon - 0.004)),
    }),
    horizon,
    horizon + 0.02,
  );
  defocusFrom(canvas, horizon, 0.0013, 0.004);
  return {
    light: { tint: { r: 1, g: 1, b: 1.005 }, pull: 0.06, level: 0.4, wrap: 0.2 },
    ground: { shade: { r: 56, g: 57, b: 62 }, strength: 0.9 },
  };
}

/** Two families of lines that lean the same way, thin and clear over wide and faint. */
function veinsAt(x: number, y: number, seed: number): number {
  const thin = veinAt(x * 1.5 + y * 1.3, y * 0.5 - x * 0.35, seed + 3, 0.05);
  const other = veinAt(x * 1.1 - y * 0.4 + 7, y * 0.9 + x * 0.5, seed + 23, 0.04);
  const wide = veinAt(x * 0.8 + y * 0.9, y * 0.4 - x * 0.2, seed + 7, 0.16);
  return Math.max(thin * 0.58, other * 0.4, wide * 0.24);
}

/** 1 on the line where the noise crosses its middle, fading over `width`. */
function veinAt(x: number, y: number, seed: number, width: number): number {
  return (
    smoothstep(width, 0, Math.abs(2 * noise(x, y, seed) - 1)) *
    smoothstep(0.3, 0.6, noise(x * 0.7 + 3, y * 0.7, seed + 50))
  );
}
