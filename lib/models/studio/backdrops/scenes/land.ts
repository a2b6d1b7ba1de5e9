import { smoothstep } from "../../raster/plane";
import { type Canvas, defocus, defocusFrom, dim, fill, mix, paint, ramp } from "../canvas";
import { cloudNoise, makeRandom, noise } from "../noise";
import { ridge, spot } from "../shapes";
import type { Scenery } from "../types";
import { paintClouds, type SceneLook } from "./sky";

export function paintMeadow(canvas: Canvas, { horizon, seed, lightFrom }: Scenery): SceneLook {
  const aspect = canvas.width / canvas.height;
  const [zenith, haze] = [paint("#6aaee0"), paint("#e8f3f1")];
  fill(canvas, (_, v) => mix(zenith, haze, v / horizon), 0, horizon);
  paintClouds(canvas, { horizon, seed, amount: 0.5, shade: paint("#cbd8df") });
  const [hill, wood, leaf] = [paint("#8fb0a0"), paint("#3c5f34"), paint("#7f9f4c")];
  ridge(
    canvas,
    (u) => horizon - 0.05 - 0.05 * noise(u * 2 * aspect, 0, seed),
    () => hill,
  );
  ridge(
    canvas,
    (u) => horizon - 0.012 - 0.06 * cloudNoise(u * 6 * aspect, 2, seed + 1, 4) ** 1.5,
    (u, below) =>
      mix(leaf, wood, smoothstep(0, 0.06, below) * 0.5 + 0.6 * noise(u * 40 * aspect, below * 60, seed)),
  );
  spot(canvas, { u: 0.5 + lightFrom * 0.5, v: horizon * 0.4, radius: 0.7 }, paint("#fff0c0"), {
    opacity: 0.4,
    edge: 1,
    glow: true,
  });
  defocus(canvas, 0.009);
  const grass = [paint("#c2c97e"), paint("#92a952"), paint("#5f7f36"), paint("#35521f")] as const;
  fill(
    canvas,
    (u, v) => {
      const far = (v - horizon) / (1 - horizon);
      const depth = 1 / (far + 0.06);
      const x = (u - 0.5) * aspect * depth * 3;
      const tuft = cloudNoise(x, depth * 3, seed + 3, 3);
      const blade = noise(x * 14, depth * 5, seed + 6);
      const base = ramp(
        [
          [0, grass[0]],
          [0.25, grass[1]],
          [0.7, grass[2]],
          [1, grass[2]],
        ],
        far,
      );
      return mix(
        mix(base, grass[3], smoothstep(0.5, 0.8, tuft) * 0.55),
        grass[0],
        smoothstep(0.55, 0.95, blade) * 0.4,
      );
    },
    horizon,
  );
  scatterFlowers(canvas, horizon, seed);
  defocusFrom(canvas, horizon, 0.004, 0.008);
  return {
    light: { tint: { r: 1.01, g: 1.01, b: 0.95 }, pull: 0.14, level: 0.28, wrap: 0.28 },
    ground: { shade: { r: 22, g: 40, b: 14 }, strength: 0.85 },
  };
}

function scatterFlowers(canvas: Canvas, horizon: number, seed: number) {
  const random = makeRandom(seed + 77);
  const colours = ["#fffbe8", "#ffe36a", "#fffbe8", "#f7a3b5", "#ffd84d"].map(paint);
  for (let i = 0; i < 260; i++) {
    const far = 0.03 + 0.97 * random() ** 1.7;
    const place = {
      u: random(),
      v: horizon + (1 - horizon) * far,
      radius: 0.0016 + 0.0075 * far * (0.5 + random()),
    };
    const colour = colours[Math.floor(random() * colours.length)];
    if (colour) spot(canvas, place, colour, { opacity: 0.75, edge: 0.5 });
  }
}

export function paintSnow(canvas: Canvas, { horizon, seed }: Scenery): SceneLook {
  const aspect = canvas.width / canvas.height;
  const [zenith, haze] = [paint("#a9c4de"), paint("#eef3f6")];
  fill(canvas, (_, v) => mix(zenith, haze, v / horizon), 0, horizon);
  for (const [layer, colour] of [paint("#b4c5d2"), paint("#8199aa"), paint("#4f6a78")].entries()) {
    const dense = (13 - layer * 3) * aspect;
    const tall = 0.07 + layer * 0.055;
    const snowed = mix(colour, paint("#ffffff"), 0.72);
    ridge(
      canvas,
      (u) => {
        const cell = Math.floor(u * dense + layer * 0.37);
        const peak = tall * (0.45 + 0.75 * noise(cell * 3.7, layer, seed));
        return horizon - peak * (1 - Math.abs(2 * (u * dense + layer * 0.37 - cell) - 1) * 0.82);
      },
      (u, below) =>
        mix(colour, snowed, smoothstep(0.5, 0.72, noise(u * 46 * aspect, below * 90, seed + layer))),
      horizon + 0.02,
    );
    defocus(canvas, 0.006);
  }
  const [white, blue, far] = [paint("#fbfdff"), paint("#bcd0e4"), paint("#e3ecf3")];
  fill(
    canvas,
    (u, v) => {
      const t = (v - horizon) / (1 - horizon);
      const depth = 1 / (t + 0.1);
      const drift = cloudNoise((u - 0.5) * aspect * depth * 0.8, depth * 2.4, seed + 2, 4);
      return mix(mix(far, white, smoothstep(0, 0.4, t)), blue, smoothstep(0.46, 0.74, drift) * 0.75);
    },
    horizon,
  );
  const random = makeRandom(seed + 5);
  for (let i = 0; i < 130; i++) {
    const size = 0.0015 + 0.006 * random() ** 3;
    spot(canvas, { u: random(), v: random(), radius: size }, white, { opacity: 0.7, edge: 0.8 });
  }
  defocusFrom(canvas, horizon, 0.003, 0.004);
  return {
    light: { tint: { r: 0.96, g: 0.99, b: 1.04 }, pull: 0.14, level: 0.42, wrap: 0.34 },
    ground: { shade: { r: 74, g: 96, b: 126 }, strength: 0.8 },
  };
}

export function paintDesert(canvas: Canvas, { horizon, seed, lightFrom }: Scenery): SceneLook {
  const aspect = canvas.width / canvas.height;
  const [zenith, middle, haze] = [paint("#4a8fc9"), paint("#9cc3dd"), paint("#f6e2c0")];
  fill(
    canvas,
    (_, v) =>
      ramp(
        [
          [0, zenith],
          [0.6, middle],
          [1, haze],
        ],
        v / horizon,
      ),
    0,
    horizon,
  );
  defocus(canvas, 0.004);
  const [lit, shaded, air] = [paint("#e9b878"), paint("#a4683a"), paint("#f0d2a6")];
  for (let layer = 0; layer < 3; layer++) {
    const rise = 0.1 - layer * 0.035;
    const top = (u: number) =>
      horizon +
      layer * 0.035 -
      rise * (0.3 + 0.7 * noise(u * (1.6 + layer * 0.7) * aspect + layer * 3.3, layer, seed));
    ridge(canvas, top, (u, below) => {
      const slope = (top(u + 0.012) - top(u - 0.012)) / 0.024;
      const crest =
        0.5 + 2.4 * lightFrom * slope + 0.5 * (noise(u * 5 * aspect, below * 14, seed + layer) - 0.5);
      return mix(mix(shaded, lit, smoothstep(0.1, 0.9, crest)), air, 0.5 - layer * 0.17);
    });
    defocus(canvas, 0.0055 - layer * 0.001);
  }
  fill(
    canvas,
    (u, v) => {
      const far = (v - horizon - 0.06) / (0.94 - horizon);
      const depth = 1 / (Math.max(far, 0) + 0.09);
      const x = (u - 0.5) * aspect * depth * 1.3;
      const swell = cloudNoise(x * 0.5, depth * 0.9, seed + 9, 3);
      const ripple = 0.5 + 0.5 * Math.sin(depth * 17 + swell * 22 + x * 1.5);
      const body = mix(mix(lit, shaded, smoothstep(0.48, 0.85, swell) * 0.75), air, 0.3 - 0.3 * far);
      return {
        ...mix(body, dim(shaded, 0.85), ripple * 0.24 * smoothstep(0.1, 0.5, far)),
        a: smoothstep(0, 0.1, far),
      };
    },
    horizon + 0.06,
  );
  defocusFrom(canvas, horizon, 0.0022, 0.003);
  return {
    light: { tint: { r: 1.05, g: 1, b: 0.91 }, pull: 0.16, level: 0.32, wrap: 0.28 },
    ground: { shade: { r: 84, g: 46, b: 26 }, strength: 0.85 },
  };
}
