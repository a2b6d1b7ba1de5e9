import { smoothstep } from "../../raster/plane";
import { type Canvas, defocus, defocusFrom, fill, mix, paint, ramp } from "../canvas";
import { cloudNoise, noise } from "../noise";
import { spot } from "../shapes";
import type { Scenery } from "../types";
import { paintClouds, type SceneLook } from "./sky";

export function paintBeach(canvas: Canvas, scenery: Scenery): SceneLook {
  const { horizon, seed, lightFrom } = scenery;
  const sky = [paint("#4f9ad6"), paint("#9ccbec"), paint("#e9f2f3")] as const;
  fill(
    canvas,
    (_, v) =>
      ramp(
        [
          [0, sky[0]],
          [0.6, sky[1]],
          [1, sky[2]],
        ],
        v / horizon,
      ),
    0,
    horizon,
  );
  paintClouds(canvas, { horizon, seed, amount: 0.45, shade: paint("#cfdbe4") });
  spot(canvas, { u: 0.5 + lightFrom * 0.55, v: 0, radius: 0.75 }, paint("#fff3d0"), {
    opacity: 0.5,
    edge: 1,
    glow: true,
  });
  defocus(canvas, 0.005);
  paintShore(canvas, horizon, seed);
  defocusFrom(canvas, horizon, 0.0018, 0.0055);
  return {
    light: { tint: { r: 1.03, g: 1, b: 0.95 }, pull: 0.16, level: 0.34, wrap: 0.3 },
    ground: { shade: { r: 82, g: 66, b: 52 }, strength: 0.85 },
  };
}

/** Sea, a line of surf that swings across the frame, wet and dry sand. */
function paintShore(canvas: Canvas, horizon: number, seed: number) {
  const aspect = canvas.width / canvas.height;
  const reach = (1 - horizon) * 0.34;
  const shoreAt = (u: number) =>
    horizon +
    reach *
      (0.82 +
        0.24 * Math.sin(u * 3.1 * Math.min(aspect, 2) + seed) * (0.6 + 0.4 * u) +
        0.12 * noise(u * 5, 1, seed));
  const sea = [paint("#1d6f9e"), paint("#2c93b4"), paint("#63bfc4"), paint("#b9e3da")] as const;
  const sand = [paint("#a88c68"), paint("#d9c096"), paint("#ead8b4"), paint("#dcc398")] as const;
  const foam = paint("#fbfdfb");
  fill(
    canvas,
    (u, v) => {
      const shore = shoreAt(u);
      const t = (v - horizon) / (shore - horizon);
      const far = (v - horizon) / (1 - horizon) + 0.02;
      if (t < 1) {
        const swell = noise((u * aspect * 3) / far / 4, 14 * Math.sqrt(far) * 4, seed + 5);
        const water = ramp(
          [
            [0, sea[0]],
            [0.45, sea[1]],
            [0.8, sea[2]],
            [1, sea[3]],
          ],
          t,
        );
        const surf = smoothstep(0.8, 0.97, t) * smoothstep(0.3, 0.6, noise(u * 14, t * 9, seed + 8));
        const crest = smoothstep(0.7, 0.86, swell) * 0.35;
        return mix(water, foam, Math.max(surf, crest));
      }
      const dry = (v - shore) / (1 - shore);
      const lace = 1 - smoothstep(0, 0.035, dry + (noise(u * 16, 3, seed) - 0.5) * 0.03);
      const grain = cloudNoise(((u - 0.5) * 5 * aspect) / far, 7 / far, seed + 2, 4) - 0.5;
      const base = ramp(
        [
          [0, sand[0]],
          [0.16, sand[1]],
          [0.5, sand[2]],
          [1, sand[3]],
        ],
        dry,
      );
      return mix(
        mix(base, sand[0], Math.max(0, -grain) * 0.9),
        foam,
        Math.max(lace * 0.9, Math.max(0, grain) * 0.3),
      );
    },
    horizon,
  );
}

export function paintSunset(canvas: Canvas, { horizon, seed, lightFrom }: Scenery): SceneLook {
  const aspect = canvas.width / canvas.height;
  const sun = 0.5 + lightFrom * 0.22;
  const sky = ["#343a70", "#7d5689", "#d4735f", "#ffac5c", "#ffdf9e"].map(paint);
  const at = (t: number) =>
    ramp(
      sky.map((colour, i) => [[0, 0.34, 0.64, 0.87, 1][i] ?? 1, colour]),
      t,
    );
  fill(canvas, (_, v) => at(v / horizon), 0, horizon);
  const [dusk = paint("#5a4a78"), gold = paint("#ffc27a")] = [paint("#6c4d7c"), paint("#ffbf80")];
  fill(
    canvas,
    (u, v) => {
      const t = v / horizon;
      const streak = cloudNoise(u * 2.4 * aspect + t, t * 9, seed, 5);
      return { ...mix(dusk, gold, smoothstep(0.3, 0.95, t)), a: smoothstep(0.52, 0.72, streak) * 0.6 };
    },
    0,
    horizon,
  );
  spot(canvas, { u: sun, v: horizon - 0.035, radius: 0.5 }, paint("#ff9a4a"), {
    opacity: 0.7,
    edge: 1,
    glow: true,
  });
  spot(canvas, { u: sun, v: horizon - 0.035, radius: 0.045 }, paint("#fff2c8"), {
    opacity: 1,
    edge: 0.4,
    glow: true,
  });
  defocus(canvas, 0.006);
  const deep = paint("#241f3d");
  const shine = paint("#ffd79a");
  fill(
    canvas,
    (u, v) => {
      const far = (v - horizon) / (1 - horizon);
      const ripple = cloudNoise((u * aspect * 2.2) / (far + 0.08), 26 * Math.sqrt(far + 0.004), seed + 3, 3);
      const mirror = mix(at(1 - far * 0.95), deep, 0.28 + 0.5 * far);
      const path = Math.exp(-(((u - sun) / (0.05 + far * 0.16)) ** 2));
      const base = mix(mirror, deep, smoothstep(0.45, 0.75, ripple) * 0.5);
      return mix(base, shine, path * smoothstep(0.42, 0.66, ripple) * (0.9 - 0.5 * far));
    },
    horizon,
  );
  defocusFrom(canvas, horizon, 0.0025, 0.006);
  return {
    light: { tint: { r: 1.07, g: 0.95, b: 0.83 }, pull: 0.28, level: 0.13, wrap: 0.38 },
    ground: { shade: { r: 26, g: 20, b: 34 }, strength: 0.6 },
  };
}

export function paintWater(canvas: Canvas, { horizon, seed, lightFrom }: Scenery): SceneLook {
  const aspect = canvas.width / canvas.height;
  const rim = Math.min(horizon, 0.34);
  const [zenith, haze] = [paint("#7db7e0"), paint("#e4f0f4")];
  fill(canvas, (_, v) => mix(zenith, haze, v / rim), 0, rim);
  paintClouds(canvas, { horizon: rim, seed, amount: 0.5, shade: paint("#d3e0e8") });
  defocus(canvas, 0.006);
  const [far, mid, near, light] = [paint("#3d93bd"), paint("#1c7ba6"), paint("#0f5a82"), paint("#d9f1f6")];
  fill(
    canvas,
    (u, v) => {
      const t = (v - rim) / (1 - rim);
      const depth = 1 / (t + 0.05);
      const x = (u - 0.5) * aspect * depth * 2.2;
      const warp = cloudNoise(x * 0.7, depth * 3, seed, 2) * 2;
      const wave = cloudNoise(x + warp, depth * 5.5 + warp * 0.6, seed + 4, 3);
      const crease = 1 - Math.abs(2 * cloudNoise(x * 2.6 - warp, depth * 13, seed + 9, 3) - 1);
      const glare = Math.exp(-(((u - 0.5 - lightFrom * 0.25) / 0.3) ** 2));
      const body = mix(
        ramp(
          [
            [0, far],
            [0.3, mid],
            [1, near],
          ],
          t,
        ),
        light,
        0.16 * smoothstep(0.5, 0.8, wave),
      );
      return mix(body, light, smoothstep(0.6, 1, crease) ** 2 * (0.06 + 0.34 * glare) * (0.6 - 0.1 * t));
    },
    rim,
  );
  defocusFrom(canvas, rim, 0.0034, 0.005);
  return {
    light: { tint: { r: 0.97, g: 1, b: 1.04 }, pull: 0.14, level: 0.27, wrap: 0.28 },
    ground: { shade: { r: 8, g: 42, b: 66 }, strength: 0.65 },
  };
}
