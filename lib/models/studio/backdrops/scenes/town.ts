import { smoothstep } from "../../raster/plane";
import { type Canvas, defocus, defocusFrom, dim, fill, mix, paint } from "../canvas";
import { cloudNoise, makeRandom, noise } from "../noise";
import { block, spot } from "../shapes";
import type { Scenery } from "../types";
import type { SceneLook } from "./sky";

export function paintCity(canvas: Canvas, { horizon, seed, lightFrom }: Scenery): SceneLook {
  const [zenith, haze] = [paint("#8fbbe0"), paint("#f3eee2")];
  fill(canvas, (_, v) => mix(zenith, haze, v / horizon), 0, horizon);
  const random = makeRandom(seed + 1);
  const stone = ["#b9ab98", "#8c97a3", "#a08573", "#c9c1b4", "#6f7c88"].map(paint);
  for (const [layer, air] of [0.7, 0.4, 0.08].entries()) {
    const width = 0.05 + layer * 0.055;
    for (let u = -width * random(); u < 1; ) {
      const wide = width * (0.7 + 0.8 * random());
      const aside = Math.min(1, Math.abs(u + wide / 2 - 0.5) * 2);
      const tall = horizon * (0.16 + 0.2 * random() + (0.22 + 0.3 * layer) * aside ** 1.6);
      const open = layer === 2 && aside < 0.42;
      if (!open) {
        const colour = mix(stone[Math.floor(random() * stone.length)] ?? haze, haze, air);
        paintFront(
          canvas,
          { left: u, right: u + wide, top: horizon - tall, bottom: horizon + 0.01 },
          dim(colour, 1 - 0.16 * layer),
          random,
          lightFrom,
        );
      }
      u += wide;
    }
    defocus(canvas, 0.0045);
  }
  spot(canvas, { u: 0.5 + lightFrom * 0.2, v: horizon * 0.55, radius: 0.5 }, paint("#fff0d2"), {
    opacity: 0.35,
    edge: 1,
    glow: true,
  });
  paintStreet(canvas, horizon, seed);
  for (let i = 0; i < 34; i++) {
    const colour =
      ["#ffd9a0", "#ff7a5c", "#fff3dc", "#8fd08a"].map(paint)[Math.floor(random() ** 1.5 * 4)] ?? haze;
    const place = { u: random(), v: horizon - 0.07 * random() + 0.02, radius: 0.006 + 0.011 * random() };
    spot(canvas, place, colour, { opacity: 0.35 + 0.3 * random(), edge: 0.3, glow: true });
  }
  defocusFrom(canvas, horizon, 0.003, 0.0045);
  return {
    light: { tint: { r: 1.01, g: 1, b: 0.99 }, pull: 0.12, level: 0.26, wrap: 0.26 },
    ground: { shade: { r: 40, g: 40, b: 46 }, strength: 0.85 },
  };
}

type Front = { left: number; top: number; right: number; bottom: number };

function paintFront(
  canvas: Canvas,
  front: Front,
  colour: ReturnType<typeof paint>,
  random: () => number,
  lightFrom: number,
) {
  block(canvas, front, colour);
  const wide = front.right - front.left;
  const side = lightFrom > 0 ? front.left : front.right - wide * 0.22;
  block(canvas, { ...front, left: side, right: side + wide * 0.22 }, dim(colour, 0.66));
  const glass = mix(dim(colour, 0.42), paint("#5f7f9c"), 0.35);
  const rows = Math.max(2, Math.round((front.bottom - front.top) / 0.032));
  const columns = Math.max(2, Math.round(wide / 0.02));
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const left = front.left + (wide * (column + 0.22)) / columns;
      const top = front.top + ((front.bottom - front.top) * (row + 0.28)) / rows;
      const lit = random() < 0.12;
      const pane = { left, top, right: left + (wide * 0.56) / columns, bottom: top + 0.018 };
      block(canvas, pane, lit ? paint("#ffe2ac") : glass, 0.75);
    }
  }
}

function paintStreet(canvas: Canvas, horizon: number, seed: number) {
  const aspect = canvas.width / canvas.height;
  const [far, asphalt, walk, line] = [paint("#c2bcb2"), paint("#77777b"), paint("#b4aea6"), paint("#e9e6de")];
  fill(
    canvas,
    (u, v) => {
      const t = (v - horizon) / (1 - horizon);
      const depth = 1 / (t + 0.07);
      const x = (u - 0.5) * depth;
      const grain = cloudNoise(x * 9 * aspect, depth * 9, seed + 6, 3) - 0.5;
      const side = smoothstep(0.5, 0.53, Math.abs(x) + 0.004);
      const kerb = smoothstep(0.03, 0, Math.abs(Math.abs(x) - 0.515));
      const mark = smoothstep(0.014, 0.007, Math.abs(x)) * smoothstep(0.1, 0.3, Math.sin(depth * 5)) * 0.5;
      const road = mix(mix(asphalt, walk, side), line, Math.max(kerb * 0.4, mark));
      return mix(dim(road, 1 + grain * 0.28), far, 0.75 * (1 - smoothstep(0, 0.3, t)));
    },
    horizon,
  );
}

export function paintNight(canvas: Canvas, { horizon, seed }: Scenery): SceneLook {
  const [zenith, glow] = [paint("#060a1a"), paint("#2a2c52")];
  fill(canvas, (_, v) => mix(zenith, glow, (v / horizon) ** 2), 0, horizon);
  const random = makeRandom(seed + 2);
  const aspect = canvas.width / canvas.height;
  for (const [layer, front] of [paint("#191d3c"), paint("#0b0e20")].entries()) {
    for (let u = -0.02; u < 1; ) {
      const wide = (0.06 + 0.09 * random()) / Math.min(1, aspect);
      const aside = Math.abs(u + wide / 2 - 0.5) * 2;
      const top = horizon * (0.72 - 0.3 * random() * (0.4 + aside) - 0.16 * layer * aside);
      block(canvas, { left: u, right: u + wide, top, bottom: horizon + 0.01 }, front);
      for (let i = 0; i < 26; i++) {
        const left = u + wide * random();
        const pane = { left, top: top + (horizon - top) * random(), right: left + 0.007, bottom: 0 };
        block(
          canvas,
          { ...pane, bottom: pane.top + 0.011 },
          paint(random() < 0.7 ? "#ffcf87" : "#bcd4ff"),
          0.8,
        );
      }
      u += wide;
    }
    defocus(canvas, 0.006);
  }
  const lamps = Array.from({ length: 58 }, () => ({
    u: random(),
    v: horizon - 0.16 * random() ** 2,
    radius: 0.01 + 0.022 * random(),
    colour:
      ["#ffb763", "#ff8a4f", "#ffd9a0", "#7fb2ff", "#ff5f6e", "#8fe0d0"].map(paint)[
        Math.floor(random() ** 1.6 * 6)
      ] ?? glow,
    power: 0.25 + 0.55 * random(),
  }));
  paintWetStreet(canvas, horizon, seed, lamps);
  defocusFrom(canvas, horizon, 0.004, 0.003);
  for (const lamp of lamps) spot(canvas, lamp, lamp.colour, { opacity: lamp.power, edge: 0.14, glow: true });
  return {
    light: { tint: { r: 0.96, g: 0.97, b: 1.06 }, pull: 0.34, level: 0.06, wrap: 0.3 },
    ground: { shade: { r: 3, g: 4, b: 10 }, strength: 0.8 },
    falloff: 0.3,
  };
}

type Lamp = { u: number; v: number; colour: ReturnType<typeof paint>; power: number };

/** Every lamp is drawn out into a long smear towards the viewer, broken by the texture of the street. */
function paintWetStreet(canvas: Canvas, horizon: number, seed: number, lamps: Lamp[]) {
  const aspect = canvas.width / canvas.height;
  const [far, near] = [paint("#262847"), paint("#0b0d1a")];
  const smear = new Float32Array(canvas.width * 3);
  for (let x = 0; x < canvas.width; x++) {
    for (const { u, colour, power } of lamps) {
      const reach = power * Math.exp(-((((x + 0.5) / canvas.width - u) * aspect) ** 2) / 0.0007);
      smear[x * 3] = (smear[x * 3] ?? 0) + colour.r * reach;
      smear[x * 3 + 1] = (smear[x * 3 + 1] ?? 0) + colour.g * reach;
      smear[x * 3 + 2] = (smear[x * 3 + 2] ?? 0) + colour.b * reach;
    }
  }
  fill(
    canvas,
    (u, v) => {
      const t = (v - horizon) / (1 - horizon);
      const depth = 1 / (t + 0.08);
      const wet =
        smoothstep(0.3, 0.75, noise((u - 0.5) * aspect * depth * 4, depth * 6, seed + 4)) * 0.7 + 0.3;
      const gain = 0.42 * wet * (1 - t) ** 1.5;
      const x = Math.min(canvas.width - 1, Math.floor(u * canvas.width)) * 3;
      const base = mix(far, near, smoothstep(0, 0.6, t));
      return {
        r: base.r + (smear[x] ?? 0) * gain,
        g: base.g + (smear[x + 1] ?? 0) * gain,
        b: base.b + (smear[x + 2] ?? 0) * gain,
      };
    },
    horizon,
  );
}
