import type { Plane } from "../raster/plane";

/** A picture of three floats a pixel. Painted in linear light 0..1, laid in sRGB 0..255. */
export type Plate = { red: Plane; green: Plane; blue: Plane };

/** How a place lights what stands in it. */
export type Light = {
  /** Factors on linear light for a subject of middling brightness; 1, 1, 1 leaves its colours alone. */
  tint: { r: number; g: number; b: number };
  /** Share of the subject's own brightness that is pulled towards the place's, 0..1. */
  pull: number;
  /** Mean linear brightness of things in this place. */
  level: number;
  /** How much of the place shines around the edge of the subject, 0..1. */
  wrap: number;
};

export type Ground = {
  /** Colour the shadow tends to, sRGB. */
  shade: { r: number; g: number; b: number };
  /** 0 = nothing falls here (air), 1 = a clean hard floor. */
  strength: number;
};

/** What is laid behind the subject, at any size; it is stretched to the frame. */
export type Setting = { plate: Plate; light: Light; ground: Ground };

/** What a painter of backdrops has to know about the frame and the subject in it. */
export type Scenery = {
  width: number;
  height: number;
  /** Height of the horizon (or the far edge of the table), share of the frame from the top. */
  horizon: number;
  /** The side the key light comes from: -1 left, 1 right. */
  lightFrom: -1 | 1;
  seed: number;
};
