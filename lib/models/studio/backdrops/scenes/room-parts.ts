import { smoothstep } from "../../raster/plane";
import { type Canvas, dim, fill, mix, type Paint, paint } from "../canvas";
import { cloudNoise } from "../noise";
import { block, spot } from "../shapes";

/** Where left and right of a room lie in the frame. */
export type Span = (left: number, right: number) => { left: number; right: number };

/** Left and right are as seen with the light from the left; the other way round everything is mirrored. */
export function mirrored(lightFrom: -1 | 1): Span {
  return (left: number, right: number) =>
    lightFrom < 0 ? { left, right } : { left: 1 - right, right: 1 - left };
}

/** Overexposed daylight with a hint of green outside, a frame and a crossbar. */
export function paintWindow(
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
