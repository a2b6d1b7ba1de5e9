import { smoothstep } from "../../raster/plane";
import { type Canvas, defocus, defocusFrom, dim, fill, mix, type Paint, paint } from "../canvas";
import { cloudNoise, makeRandom, noise } from "../noise";
import { block, spot } from "../shapes";
import type { Scenery } from "../types";
import type { SceneLook } from "./sky";
import { paintPlanks } from "./tables";

/** Left and right are as seen with the light from the left; the other way round everything is mirrored. */
function mirrored(lightFrom: -1 | 1) {
  return (left: number, right: number) =>
    lightFrom < 0 ? { left, right } : { left: 1 - right, right: 1 - left };
}

export function paintKitchen(canvas: Canvas, { horizon, seed, lightFrom }: Scenery): SceneLook {
  const h = horizon;
  const span = mirrored(lightFrom);
  const wall = paint("#e9e2d6");
  const source = lightFrom < 0 ? 0.12 : 0.88;
  fill(canvas, (u, v) => dim(wall, 1.08 - 0.42 * Math.abs(u - source) - 0.1 * (1 - v)), 0, h + 0.01);
  paintTiles(canvas, h, paint("#f7f4ee"), source);
  paintWindow(canvas, { ...span(0.02, 0.3), top: h * 0.06, bottom: h * 0.74 }, paint("#ffffff"), seed);
  const [cabinet, wood, steel] = [paint("#6f8580"), paint("#b98d5e"), paint("#c9ccce")];
  block(canvas, { ...span(0.4, 0.66), top: -0.01, bottom: h * 0.36 }, cabinet);
  block(canvas, { ...span(0.525, 0.531), top: -0.01, bottom: h * 0.36 }, dim(cabinet, 0.5));
  block(canvas, { ...span(0.68, 0.8), top: -0.01, bottom: h * 0.3 }, steel);
  block(canvas, { ...span(0.66, 0.82), top: h * 0.3, bottom: h * 0.37 }, dim(steel, 0.55));
  block(canvas, { ...span(0.82, 1.02), top: -0.01, bottom: h * 0.36 }, dim(cabinet, 0.85));
  block(canvas, { ...span(0.36, 0.66), top: h * 0.55, bottom: h * 0.575 }, wood);
  paintJars(canvas, { span, seed, bottom: h * 0.55, from: 0.38, to: 0.64, size: h * 0.13 });
  block(canvas, { ...span(0, 1), top: h * 0.93, bottom: h + 0.01 }, dim(wood, 0.5));
  paintJars(canvas, { span, seed: seed + 4, bottom: h * 0.95, from: 0.34, to: 0.98, size: h * 0.2 });
  for (const u of [0.46, 0.74]) {
    const place = { u: lightFrom < 0 ? u : 1 - u, v: h * 0.45, radius: 0.14 };
    spot(canvas, place, paint("#ffd7a0"), { opacity: 0.3, edge: 1, glow: true });
  }
  defocus(canvas, 0.0095);
  const [stone, shade] = [paint("#e4ded4"), paint("#a89e90")];
  fill(
    canvas,
    (u, v) => {
      const t = (v - h) / (1 - h);
      const fleck = cloudNoise(u * 9, (v * 22) / (0.5 + t), seed + 2, 2) - 0.5;
      const shine = Math.exp(-(((u - source) / 0.3) ** 2)) * (1 - t) * 0.3;
      return dim(mix(stone, shade, 0.12 + 0.34 * t + fleck * 0.14), 1 + shine);
    },
    h,
  );
  fill(
    canvas,
    (_, v) => ({ ...dim(stone, 1.08), a: 0.5 * smoothstep(0.012, 0, Math.abs(v - h - 0.008)) }),
    h,
    h + 0.03,
  );
  defocusFrom(canvas, h, 0.003, 0.005);
  return {
    light: { tint: { r: 1.02, g: 1, b: 0.97 }, pull: 0.12, level: 0.3, wrap: 0.26 },
    ground: { shade: { r: 62, g: 54, b: 46 }, strength: 0.9 },
  };
}

function paintTiles(canvas: Canvas, horizon: number, joint: Paint, source: number) {
  fill(
    canvas,
    (u, v) => {
      const row = (v / horizon) * 12;
      const column = u * 15 + (Math.floor(row) % 2) / 2;
      const edge = Math.min(row % 1, 1 - (row % 1), (column % 1) * 1.6, (1 - (column % 1)) * 1.6);
      return { ...joint, a: 0.5 * smoothstep(0.09, 0.02, edge) * (1 - 0.5 * Math.abs(u - source)) };
    },
    horizon * 0.36,
    horizon,
  );
}

/** Overexposed daylight with a hint of green outside, a frame and a crossbar. */
function paintWindow(
  canvas: Canvas,
  area: { left: number; top: number; right: number; bottom: number },
  frame: Paint,
  seed: number,
) {
  const wide = area.right - area.left;
  const tall = area.bottom - area.top;
  block(
    canvas,
    { left: area.left - 0.012, top: area.top - 0.014, right: area.right + 0.012, bottom: area.bottom + 0.02 },
    frame,
  );
  const [sky, leaf] = [paint("#f4faff"), paint("#a9c987")];
  fill(
    canvas,
    (u, v) => {
      if (u < area.left || u > area.right) return { ...sky, a: 0 };
      const tree = smoothstep(
        0.45,
        0.7,
        cloudNoise(u * 14, v * 14, seed + 9, 3) + (v - area.top) / tall - 0.55,
      );
      return dim(mix(sky, leaf, tree * 0.75), 1.5);
    },
    area.top,
    area.bottom,
  );
  block(
    canvas,
    { left: area.left + wide * 0.485, top: area.top, right: area.left + wide * 0.515, bottom: area.bottom },
    dim(frame, 0.8),
  );
  block(
    canvas,
    { left: area.left, top: area.top + tall * 0.42, right: area.right, bottom: area.top + tall * 0.445 },
    dim(frame, 0.8),
  );
  const glow = { u: area.left + wide / 2, v: area.top + tall / 2, radius: 0.5 };
  spot(canvas, glow, paint("#fff6e6"), { opacity: 0.28, edge: 1, glow: true });
}

type Shelf = {
  span: (left: number, right: number) => { left: number; right: number };
  seed: number;
  bottom: number;
  from: number;
  to: number;
  size: number;
};

function paintJars(canvas: Canvas, { span, seed, bottom, from, to, size }: Shelf) {
  const random = makeRandom(seed + 21);
  const colours = ["#c9793f", "#f2ead9", "#5f7d4c", "#8a4f35", "#d9b97f", "#e8e4dc", "#4d5f66"].map(paint);
  for (let u = from; u < to; u += 0.035 + 0.05 * random()) {
    const wide = 0.016 + 0.024 * random();
    const top = bottom - size * (0.45 + 0.7 * random());
    const colour = colours[Math.floor(random() * colours.length)];
    if (!colour || u + wide > to) continue;
    block(canvas, { ...span(u, u + wide), top, bottom }, colour);
    block(
      canvas,
      { ...span(u + wide * 0.12, u + wide * 0.3), top: top + 0.005, bottom },
      dim(colour, 1.6),
      0.5,
    );
  }
}

export function paintLivingRoom(canvas: Canvas, { horizon, seed, lightFrom }: Scenery): SceneLook {
  const h = horizon;
  const span = mirrored(lightFrom);
  const source = lightFrom < 0 ? 0.1 : 0.9;
  const wall = paint("#e6dccd");
  fill(canvas, (u, v) => dim(wall, 1.05 - 0.5 * Math.abs(u - source) + 0.08 * v), 0, h + 0.03);
  paintWindow(canvas, { ...span(0.05, 0.27), top: h * 0.05, bottom: h * 0.8 }, paint("#fbf8f2"), seed);
  const linen = paint("#f6efe2");
  for (const [left, right] of [
    [-0.02, 0.055],
    [0.262, 0.335],
  ] as const) {
    block(canvas, { ...span(left, right), top: -0.01, bottom: h * 1.02 }, linen, 0.92);
    block(
      canvas,
      { ...span(left + 0.02, left + 0.034), top: -0.01, bottom: h * 1.02 },
      dim(linen, 0.72),
      0.6,
    );
  }
  paintPictures(canvas, span, h);
  paintSofa(canvas, span, h);
  paintPlant(canvas, { u: lightFrom < 0 ? 0.4 : 0.6, h, seed });
  const lamp = { u: lightFrom < 0 ? 0.965 : 0.035, v: h * 0.44 };
  block(
    canvas,
    { left: lamp.u - 0.004, right: lamp.u + 0.004, top: lamp.v, bottom: h * 1.04 },
    paint("#6a543a"),
  );
  block(
    canvas,
    { left: lamp.u - 0.045, right: lamp.u + 0.045, top: lamp.v - 0.06, bottom: lamp.v + 0.03 },
    dim(paint("#ffe3b4"), 1.25),
  );
  spot(canvas, { ...lamp, radius: 0.3 }, paint("#ffcf92"), { opacity: 0.42, edge: 1, glow: true });
  defocus(canvas, 0.0095);
  paintPlanks(canvas, {
    top: h + 0.03,
    seed,
    boards: 7,
    tones: [paint("#b98f62"), paint("#a87d50"), paint("#c49c70")],
    shine: { u: source, colour: paint("#fff0d6"), amount: 0.4 },
  });
  defocusFrom(canvas, h, 0.003, 0.006);
  return {
    light: { tint: { r: 1.03, g: 1, b: 0.95 }, pull: 0.14, level: 0.26, wrap: 0.26 },
    ground: { shade: { r: 54, g: 36, b: 22 }, strength: 0.9 },
  };
}

function paintPictures(canvas: Canvas, span: Shelf["span"], h: number) {
  for (const [left, right, top, bottom] of [
    [0.57, 0.69, 0.12, 0.42],
    [0.72, 0.83, 0.17, 0.4],
  ] as const) {
    block(canvas, { ...span(left, right), top: h * top, bottom: h * bottom }, paint("#8a6a4a"));
    block(
      canvas,
      { ...span(left + 0.01, right - 0.01), top: h * (top + 0.03), bottom: h * (bottom - 0.03) },
      paint("#f4efe6"),
    );
    block(
      canvas,
      { ...span(left + 0.03, right - 0.03), top: h * (top + 0.09), bottom: h * (bottom - 0.09) },
      paint("#7f9a94"),
    );
  }
}

function paintSofa(canvas: Canvas, span: Shelf["span"], h: number) {
  const cloth = paint("#8f9a96");
  block(canvas, { ...span(0.5, 0.93), top: h * 0.62, bottom: h * 0.88 }, dim(cloth, 0.85));
  block(canvas, { ...span(0.5, 0.93), top: h * 0.8, bottom: h * 1.0 }, cloth);
  block(canvas, { ...span(0.712, 0.718), top: h * 0.64, bottom: h * 0.97 }, dim(cloth, 0.55));
  block(canvas, { ...span(0.465, 0.515), top: h * 0.72, bottom: h * 1.02 }, dim(cloth, 1.1));
  block(canvas, { ...span(0.915, 0.965), top: h * 0.72, bottom: h * 1.02 }, dim(cloth, 0.7));
  block(canvas, { ...span(0.5, 0.93), top: h * 1.0, bottom: h * 1.06 }, paint("#4a3a2c"), 0.8);
  block(canvas, { ...span(0.54, 0.62), top: h * 0.67, bottom: h * 0.82 }, paint("#d98a4e"));
  block(canvas, { ...span(0.8, 0.88), top: h * 0.67, bottom: h * 0.82 }, paint("#f0e6d4"));
}

function paintPlant(canvas: Canvas, { u, h, seed }: { u: number; h: number; seed: number }) {
  block(canvas, { left: u - 0.025, right: u + 0.025, top: h * 0.86, bottom: h * 1.05 }, paint("#c9b8a2"));
  const random = makeRandom(seed + 13);
  for (let i = 0; i < 46; i++) {
    const angle = random() * Math.PI * 2;
    const reach = random() ** 0.6;
    const place = {
      u: u + Math.cos(angle) * reach * 0.06,
      v: h * (0.64 + Math.sin(angle) * reach * 0.22),
      radius: 0.012 + 0.012 * random(),
    };
    spot(canvas, place, mix(paint("#2f5a32"), paint("#8fb36a"), noise(i * 1.7, 0, seed)), {
      opacity: 0.85,
      edge: 0.4,
    });
  }
}
