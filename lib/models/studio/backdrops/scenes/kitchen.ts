import { smoothstep } from "../../raster/plane";
import { type Canvas, defocus, defocusFrom, dim, fill, mix, type Paint, paint } from "../canvas";
import { cloudNoise, makeRandom } from "../noise";
import { block, spot } from "../shapes";
import type { Scenery } from "../types";
import { mirrored, paintWindow, type Span } from "./room-parts";
import type { SceneLook } from "./sky";

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

type Shelf = { span: Span; seed: number; bottom: number; from: number; to: number; size: number };

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
