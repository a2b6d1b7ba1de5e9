import { type Canvas, defocus, defocusFrom, dim, fill, mix, paint } from "../canvas";
import { makeRandom, noise } from "../noise";
import { block, spot } from "../shapes";
import type { Scenery } from "../types";
import { mirrored, paintWindow, type Span } from "./room-parts";
import type { SceneLook } from "./sky";
import { paintPlanks } from "./tables";

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

function paintPictures(canvas: Canvas, span: Span, h: number) {
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

function paintSofa(canvas: Canvas, span: Span, h: number) {
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
