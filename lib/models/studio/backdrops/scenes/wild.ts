import { smoothstep } from "../../raster/plane";
import { blend, type Canvas, defocus, defocusFrom, fill, mix, type Paint, paint } from "../canvas";
import { cloudNoise, makeRandom, noise } from "../noise";
import { ridge, spot } from "../shapes";
import type { Scenery } from "../types";
import { paintClouds, type SceneLook } from "./sky";

export function paintForest(canvas: Canvas, { horizon, seed, lightFrom }: Scenery): SceneLook {
  const aspect = canvas.width / canvas.height;
  const [dark, leaf, bright, haze] = [paint("#2c4a1f"), paint("#6d9a3d"), paint("#c4dd78"), paint("#eef3c4")];
  const clearing = 0.5 + lightFrom * 0.16;
  fill(canvas, (u, v) => {
    const foliage = cloudNoise(u * 7 * aspect, v * 7, seed, 4);
    const base = mix(
      mix(dark, leaf, smoothstep(0.32, 0.56, foliage)),
      bright,
      smoothstep(0.56, 0.76, foliage),
    );
    const glow = Math.exp(-(((u - clearing) * aspect) ** 2 * 5 + (v - horizon * 0.72) ** 2 * 9));
    return mix(base, haze, 0.88 * glow);
  });
  defocus(canvas, 0.01);
  const random = makeRandom(seed + 3);
  for (const [layer, air] of [0.62, 0.34, 0.06].entries()) {
    const bark = mix(paint("#2b2418"), mix(haze, leaf, 0.4), air);
    const foot = horizon + (0.03 + 0.1 * layer) * (1 - horizon);
    paintTrunks(canvas, {
      random,
      count: Math.round((14 - layer * 4.5) * Math.min(aspect, 1.6)),
      width: 0.004 * 2.1 ** layer,
      foot,
      bark,
      clearing,
    });
    defocus(canvas, 0.006 - layer * 0.001);
  }
  for (let i = 0; i < 60; i++) {
    const place = { u: random(), v: random() ** 1.4 * horizon * 0.95, radius: 0.006 + 0.018 * random() };
    spot(canvas, place, mix(bright, haze, random()), {
      opacity: 0.12 + 0.25 * random(),
      edge: 0.25,
      glow: true,
    });
  }
  paintPath(canvas, { horizon, seed, clearing });
  defocusFrom(canvas, horizon, 0.0025, 0.005);
  return {
    light: { tint: { r: 0.98, g: 1.02, b: 0.91 }, pull: 0.2, level: 0.16, wrap: 0.3 },
    ground: { shade: { r: 20, g: 18, b: 8 }, strength: 0.85 },
    falloff: 0.26,
  };
}

/** Earth and moss with spots of sun, leading to the clearing. */
function paintPath(
  canvas: Canvas,
  { horizon, seed, clearing }: { horizon: number; seed: number; clearing: number },
) {
  const aspect = canvas.width / canvas.height;
  const [path, soil, moss, shade] = [paint("#c4b878"), paint("#6b5836"), paint("#5d7a30"), paint("#2b2616")];
  fill(
    canvas,
    (u, v) => {
      const far = (v - horizon) / (1 - horizon);
      const depth = 1 / (far + 0.08);
      const litter = cloudNoise((u - 0.5) * aspect * depth * 6, depth * 7, seed + 8, 4);
      const dapple = cloudNoise((u - 0.5) * aspect * depth * 1.7, depth * 2.6, seed + 11, 3);
      const edge =
        Math.abs(u - clearing + (0.5 - clearing) * -far) * 2.4 - (0.22 + far * 0.5) + (litter - 0.5) * 0.5;
      const base = mix(
        mix(soil, moss, smoothstep(-0.1, 0.22, edge)),
        shade,
        smoothstep(0.42, 0.85, litter) * 0.6,
      );
      const lit = mix(
        base,
        path,
        smoothstep(0.4, 0.78, dapple) * 0.5 * (1 - 0.5 * far) + 0.3 * (1 - smoothstep(0, 0.25, far)),
      );
      return { ...lit, a: smoothstep(0, 0.12, far) };
    },
    horizon,
  );
}

function paintTrunks(
  canvas: Canvas,
  look: { random: () => number; count: number; width: number; foot: number; bark: Paint; clearing: number },
) {
  const trunks = Array.from({ length: look.count }, (_, i) => {
    const u = (i + 0.15 + 0.7 * look.random()) / look.count;
    // The clearing stays open: that is where the light comes through and the subject stands.
    const away = u + 0.06 * Math.sign(u - look.clearing) * Math.exp(-(((u - look.clearing) / 0.12) ** 2));
    return {
      u: away,
      lean: (look.random() - 0.5) * 0.05,
      half: look.width * (0.6 + 0.8 * look.random()),
      foot: look.foot - 0.03 * look.random(),
    };
  });
  const stretch = Math.max(canvas.width, canvas.height) / canvas.width;
  for (const trunk of trunks) {
    const half = trunk.half * stretch;
    strip(canvas, trunk, half * 2.2, (u, v) => {
      const flare = 1 + 0.8 * smoothstep(trunk.foot - 0.05, trunk.foot, v);
      const off = Math.abs(u - trunk.u - trunk.lean * (v - trunk.foot)) / (half * flare);
      return { ...look.bark, a: 0.94 * (1 - smoothstep(0.7, 1.1, off)) };
    });
  }
}

/** Paints only the columns a trunk can reach. */
function strip(
  canvas: Canvas,
  trunk: { u: number; lean: number; foot: number },
  half: number,
  colourAt: (u: number, v: number) => Paint & { a: number },
) {
  const { width, height } = canvas;
  const reach = half + Math.abs(trunk.lean) * trunk.foot;
  for (
    let x = Math.max(0, Math.floor((trunk.u - reach) * width));
    x < Math.min(width, (trunk.u + reach) * width);
    x++
  ) {
    for (let y = 0; y < Math.min(height, trunk.foot * height); y++) {
      const colour = colourAt((x + 0.5) / width, (y + 0.5) / height);
      if (colour.a > 0) blend(canvas, y * width + x, colour, colour.a);
    }
  }
}

export function paintMountains(canvas: Canvas, { horizon, seed, lightFrom }: Scenery): SceneLook {
  const aspect = canvas.width / canvas.height;
  const [zenith, haze] = [paint("#5f9fd4"), paint("#e6eff3")];
  fill(canvas, (_, v) => mix(zenith, haze, (v / horizon) ** 1.3), 0, horizon);
  paintClouds(canvas, { horizon: horizon * 0.9, seed, amount: 0.4, shade: paint("#cbd7e0") });
  const layers = [
    { tall: 0.36, wide: 2.1, rock: paint("#7d93aa"), snow: 0.17 },
    { tall: 0.24, wide: 2.9, rock: paint("#5a7488"), snow: 0.05 },
    { tall: 0.11, wide: 4.2, rock: paint("#3f5f58"), snow: 0 },
  ];
  const white = paint("#f6fafd");
  for (const [layer, { tall, wide, rock, snow }] of layers.entries()) {
    const top = (u: number) =>
      horizon -
      tall *
        Math.min(horizon * 1.7, 1) *
        (0.15 + 0.95 * peaks(u * wide * aspect + layer * 5.2, seed + layer));
    ridge(
      canvas,
      top,
      (u, below) => {
        const face = cloudNoise(u * 9 * aspect + below * 5 * lightFrom, below * 16, seed + layer, 4);
        const lit = smoothstep(0.36, 0.66, face);
        const stone = mix(mix(rock, haze, 0.12 * (2 - layer)), mix(rock, paint("#22303a"), 0.4), 1 - lit);
        const capped = snow > 0 ? smoothstep(snow, snow * 0.35, below + (face - 0.5) * 0.14) : 0;
        return mix(
          mix(stone, mix(paint("#a9bfd6"), white, lit), capped),
          haze,
          smoothstep(0.05, 0.3, below) * 0.45,
        );
      },
      horizon + 0.005,
    );
    defocus(canvas, 0.0035);
  }
  const [far, near, dry, deep] = [paint("#93a876"), paint("#647d40"), paint("#b9ad7a"), paint("#38482a")];
  fill(
    canvas,
    (u, v) => {
      const t = (v - horizon) / (1 - horizon);
      const depth = 1 / (t + 0.07);
      const x = (u - 0.5) * aspect * depth;
      const turf = cloudNoise(x * 7, depth * 8, seed + 12, 4);
      const patch = cloudNoise(x * 1.6, depth * 1.9, seed + 15, 3);
      return mix(
        mix(mix(far, near, smoothstep(0, 0.35, t)), dry, smoothstep(0.42, 0.75, patch) * 0.45),
        deep,
        smoothstep(0.46, 0.8, turf) * 0.5,
      );
    },
    horizon,
  );
  defocusFrom(canvas, horizon, 0.0026, 0.004);
  return {
    light: { tint: { r: 0.99, g: 1, b: 1.02 }, pull: 0.12, level: 0.26, wrap: 0.26 },
    ground: { shade: { r: 24, g: 34, b: 20 }, strength: 0.85 },
  };
}

/** Sharp summits: folded noise in four sizes, 0..1. */
function peaks(x: number, seed: number): number {
  let sum = 0;
  for (let octave = 0; octave < 5; octave++) {
    sum += (1 - Math.abs(2 * noise(x * 2 ** octave, octave * 7.7, seed) - 1)) / 2.1 ** (octave + 1);
  }
  return sum;
}
