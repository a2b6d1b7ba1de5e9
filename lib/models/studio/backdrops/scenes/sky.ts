import { smoothstep } from "../../raster/plane";
import { type Canvas, defocus, fill, mix, type Paint, paint, ramp } from "../canvas";
import { cloudNoise } from "../noise";
import { spot } from "../shapes";
import type { Ground, Light, Scenery } from "../types";

/** What a painted place does to light and shadow. */
export type SceneLook = { light: Light; ground: Ground; falloff?: number };

/** Clouds above a horizon, flatter and denser towards it; `amount` 0..1 is how much of the sky they take. */
export function paintClouds(
  canvas: Canvas,
  { horizon, seed, amount, shade }: { horizon: number; seed: number; amount: number; shade: Paint },
): void {
  const aspect = canvas.width / canvas.height;
  const white = paint("#ffffff");
  fill(
    canvas,
    (u, v) => {
      const t = v / horizon;
      const far = 1.35 - t;
      const x = ((u - 0.5) * aspect * 1.5) / far;
      const y = 2.4 / far;
      const warp = cloudNoise(x * 1.3 + 7, y * 1.7, seed + 31, 2) - 0.5;
      const body = cloudNoise(x + warp * 0.5, y + warp * 0.4, seed, 5);
      const cover = smoothstep(0.72 - 0.34 * amount, 0.92 - 0.3 * amount, body);
      if (cover === 0) return { ...white, a: 0 };
      const lit = cloudNoise(x + warp * 0.5, y + warp * 0.4 - 0.16, seed, 3);
      return {
        ...mix(white, shade, smoothstep(-0.06, 0.16, lit - body + 0.04)),
        a: cover * (0.92 - 0.4 * t ** 3),
      };
    },
    0,
    horizon,
  );
}

export function paintSky(canvas: Canvas, { seed, lightFrom }: Scenery): SceneLook {
  const [zenith, middle, low] = [paint("#2f74bf"), paint("#6fadde"), paint("#d6e9f4")];
  fill(canvas, (_, v) =>
    ramp(
      [
        [0, zenith],
        [0.5, middle],
        [1, low],
      ],
      v,
    ),
  );
  spot(canvas, { u: 0.5 + lightFrom * 0.45, v: 0.02, radius: 0.8 }, paint("#fff0cf"), {
    opacity: 0.35,
    edge: 1,
    glow: true,
  });
  paintClouds(canvas, { horizon: 1.02, seed, amount: 0.72, shade: paint("#a9bccd") });
  defocus(canvas, 0.004);
  return {
    light: { tint: { r: 0.99, g: 1, b: 1.03 }, pull: 0.14, level: 0.36, wrap: 0.32 },
    ground: { shade: { r: 80, g: 100, b: 120 }, strength: 0 },
  };
}
