/** Colours are 8-bit sRGB. */
export type Rgb = { r: number; g: number; b: number };

/** What stands behind the subject after a background change. */
export type Backdrop =
  | { kind: "transparent" }
  | { kind: "colour"; colour: Rgb; name: string }
  | { kind: "gradient"; from: Rgb; to: Rgb; name: string }
  /** A seamless studio sweep: floor and wall in one tone, lit from one side. */
  | { kind: "studio"; tone: Rgb; name: string }
  | { kind: "scene"; scene: SceneName };

/** Soft, out-of-focus places drawn by our own code. */
export const SCENE_NAMES = [
  "beach",
  "forest",
  "sky",
  "sunset",
  "meadow",
  "snow",
  "mountains",
  "city",
  "night",
  "desert",
  "kitchen",
  "living-room",
  "wood-table",
  "marble",
  "water",
] as const;
export type SceneName = (typeof SCENE_NAMES)[number];

/** One edit. They run in order; `amount` is -1..1 around 0 = unchanged unless said otherwise. */
export type EditOp =
  | { op: "background"; backdrop: Backdrop; shadow: "contact" | "none" }
  | { op: "blur-background"; strength: number /* 0..1 */ }
  | { op: "shadow" /* add a contact shadow below the subject, keep the background */ }
  | {
      op: "recolour";
      colour: Rgb;
      name: string;
      part: "subject" | "background" | "everything";
      noun: string | null;
    }
  | {
      op: "style";
      style:
        | "watercolour"
        | "sketch"
        | "oil"
        | "cartoon"
        | "black-and-white"
        | "sepia"
        | "vintage"
        | "pop-art";
    }
  | { op: "adjust"; what: "brightness" | "contrast" | "saturation" | "warmth" | "exposure"; amount: number }
  | { op: "sharpen"; amount: number /* 0..1 */ }
  | { op: "soften"; amount: number /* 0..1 */ }
  | { op: "denoise"; amount: number /* 0..1 */ }
  | { op: "auto-enhance" }
  | { op: "close-up"; tightness: number /* 0..1, 0.5 = subject fills the frame with a small margin */ }
  | { op: "crop-subject"; margin: number /* share of the subject box, 0..1 */ }
  | { op: "crop-ratio"; width: number; height: number }
  | { op: "pad-ratio"; width: number; height: number; fill: Rgb | "transparent" | "extend" }
  | { op: "centre-subject"; margin: number /* share of the frame, 0..0.45 */ }
  | { op: "resize"; width: number | null; height: number | null; longEdge: number | null }
  | { op: "upscale"; factor: number /* 1..4 */ }
  | { op: "rotate"; degrees: number }
  | { op: "flip"; axis: "horizontal" | "vertical" }
  | { op: "border"; colour: Rgb; share: number /* of the short side */ }
  | { op: "round-corners"; share: number /* of the short side */ }
  | { op: "vignette"; amount: number /* 0..1 */ }
  | { op: "invert" };

/** Parts of the prompt that no operation stands for. */
export type UnknownPart = { text: string; hint: string };

export type EditPlan = { ops: EditOp[]; unknown: UnknownPart[]; warnings: string[] };
