import type { Rgb } from "../edit-plan";
import { toLinear, toSrgb } from "../raster/light";
import { makePlane, smoothstep } from "../raster/plane";
import type { Ground, Light, Plate, Scenery, Setting } from "./types";

/** Colours of the subject stay as they are: a product on white must keep its own. */
const NEUTRAL: Light = { tint: { r: 1, g: 1, b: 1 }, pull: 0, level: 0.2, wrap: 0 };

const FLOOR: Ground = { shade: { r: 20, g: 20, b: 24 }, strength: 1 };

/** One exact colour. */
export function paintColour(colour: Rgb): Setting {
  return { plate: makePlate(1, 1, () => colour), light: NEUTRAL, ground: FLOOR };
}

/** From the top to the bottom of the frame, mixed in linear light. */
export function paintGradient(from: Rgb, to: Rgb): Setting {
  return { plate: makePlate(1, 512, (_, v) => mixLight(from, to, v)), light: NEUTRAL, ground: FLOOR };
}

/**
 * A seamless sweep: wall and floor of one paper, joined by a soft bend, lit from one side and falling off to the
 * corners.
 */
export function paintSweep(tone: Rgb, { width, height, horizon, lightFrom }: Scenery): Setting {
  const scale = 512 / Math.max(width, height);
  const aspect = width / height;
  const paper = { r: toLinear(tone.r), g: toLinear(tone.g), b: toLinear(tone.b) };
  const plate = makePlate(
    Math.max(2, Math.round(width * scale)),
    Math.max(2, Math.round(height * scale)),
    (u, v) => {
      const dx = (u - 0.5 - lightFrom * 0.16) * Math.min(aspect, 1.6);
      const glow = Math.exp(-(dx * dx + (v - horizon * 0.55) ** 2) * 2.2);
      const bend = Math.exp(-(((v - horizon) / 0.085) ** 2));
      const floor = smoothstep(horizon - 0.1, horizon + 0.14, v);
      const wall = 0.84 + 0.24 * glow;
      const ground = (0.93 + 0.1 * glow) * (1 - 0.16 * smoothstep(0.8, 1.05, v));
      const light = (wall + (ground - wall) * floor) * (1 - 0.07 * bend);
      return { r: toSrgb(paper.r * light), g: toSrgb(paper.g * light), b: toSrgb(paper.b * light) };
    },
  );
  return {
    plate,
    light: { ...NEUTRAL, wrap: 0.12 },
    ground: { shade: { r: 18, g: 19, b: 24 }, strength: 1 },
  };
}

function makePlate(width: number, height: number, colourAt: (u: number, v: number) => Rgb): Plate {
  const plate = {
    red: makePlane(width, height),
    green: makePlane(width, height),
    blue: makePlane(width, height),
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colourAt((x + 0.5) / width, (y + 0.5) / height);
      const i = y * width + x;
      plate.red.data[i] = colour.r;
      plate.green.data[i] = colour.g;
      plate.blue.data[i] = colour.b;
    }
  }
  return plate;
}

function mixLight(from: Rgb, to: Rgb, share: number): Rgb {
  const mix = (a: number, b: number) => toSrgb(toLinear(a) * (1 - share) + toLinear(b) * share);
  return { r: mix(from.r, to.r), g: mix(from.g, to.g), b: mix(from.b, to.b) };
}
