import type { ImageNotice, Refusal, RefusalCode } from "./types";

/** A refusal for people, in the three parts of every message: what happened, what was kept, what to do. */
export type RefusalParts = { happened: string; kept: string; todo: string };

/** The three parts as one text, for lists that are copied and for API answers. */
export function refusalWords(refusal: Refusal, name: string): string {
  const { happened, kept, todo } = refusalParts(refusal, name);
  return `${happened} ${kept} ${todo}`;
}

export function refusalParts({ code, facts }: Refusal, name: string): RefusalParts {
  const { happened, todo } = WORDS[code](`"${name}"`, facts);
  return { happened, kept: "It was not added; your other files are fine.", todo };
}

/** What was done to a picture, for its owner. */
export function noticeWords(notice: ImageNotice): string {
  return NOTICES[notice];
}

type Facts = Refusal["facts"];
type Words = (name: string, facts: Facts) => { happened: string; todo: string };

const FROM_SOURCE = "Export it again from the source.";
const SMALLER = "Export it smaller and add it again.";

const WORDS: Record<RefusalCode, Words> = {
  EMPTY_FILE: (name) => ({ happened: `${name} has no content (0 bytes).`, todo: FROM_SOURCE }),
  UNSUPPORTED_TYPE: (name, facts) => foundWords(name, String(facts.found ?? "unknown")),
  TOO_LARGE: (name, facts) => ({
    happened: `${name} is ${megabytes(facts.bytes)}; the limit is ${megabytes(facts.limit)}.`,
    todo: "Make it smaller and add it again.",
  }),
  TOO_MANY_PIXELS: (name, facts) => ({
    happened: `${name} has ${side(facts.width)} × ${side(facts.height)} pixels; the limit is ${megapixels(facts.limit)}.`,
    todo: SMALLER,
  }),
  TOO_LONG: (name, facts) => ({
    happened: `${name} has ${side(facts.width)} × ${side(facts.height)} pixels; ${lengthLimit(facts)}.`,
    todo: "Cut it into parts and add those.",
  }),
  TRUNCATED: (name) => ({
    happened: `${name} is cut off: its end is missing.`,
    todo: "Copy or export it again.",
  }),
  DAMAGED: (name) => ({ happened: `${name} can't be opened. Its data is damaged.`, todo: FROM_SOURCE }),
  UNSUPPORTED_CHANNELS: (name, facts) => ({
    happened: `${name} has ${side(facts.channels)} channels of ${side(facts.bits)} bits, which can't be shown.`,
    todo: "Export it as RGB with 8 bits per channel.",
  }),
  TOO_LARGE_TO_DECODE: (name, facts) => ({
    happened: `${name}${pixelsOf(facts)} takes more memory or time to open than one file may use.`,
    todo: "Export it smaller, or without progressive or interlaced saving.",
  }),
  CRASHED_DECODER: (name) => ({ happened: `${name} stopped the decoder twice.`, todo: FROM_SOURCE }),
  UPLOAD_LOST: (name) => ({ happened: `${name} did not arrive whole.`, todo: "Add it again." }),
};

const NOTICES: Record<ImageNotice, string> = {
  ANIMATED_FIRST_FRAME: "Animation: the first frame only is used.",
  REPAIRED: "The file has faults. What could be read was written anew; look it over.",
  CONVERTED_CMYK: "CMYK: converted to sRGB for editing. Colours may shift a little.",
  CONVERTED_16BIT: "16 bits per channel: converted to 8 for editing.",
};

const HOW_TO_EXPORT: Record<string, string> = {
  HEIC: "On iPhone, share it as Most Compatible, or export it as JPEG.",
  SVG: "Export it as PNG at the size you need.",
  PDF: "Export its pages as PNG or JPEG.",
  PSD: "Export it as PNG or JPEG.",
  GIF: "Export a frame as PNG.",
  "MP4 video": "Export a frame as JPEG or PNG.",
  "MOV video": "Export a frame as JPEG or PNG.",
  ZIP: "Unpack it and add the images.",
  HTML: "It may be an error page saved in place of the image. Download the image again.",
};

function foundWords(name: string, found: string) {
  if (found === "unknown" || found === "text") {
    const what = found === "text" ? "is a text file, not an image" : "is not an image we can read";
    return { happened: `${name} ${what}. JPG, PNG and WebP work.`, todo: "Check the file and add it again." };
  }
  return {
    happened: `${name} is ${article(found)} ${found} file. JPG, PNG and WebP work.`,
    todo: HOW_TO_EXPORT[found] ?? "Export it as JPEG or PNG.",
  };
}

/** By sound: "an HTML file", "an SVG file", "a PDF file". */
function article(word: string): string {
  return /^([AEIO]|HTML|SVG|MP)/.test(word) ? "an" : "a";
}

function megabytes(bytes: Facts[string] | undefined): string {
  return `${Math.ceil(Number(bytes ?? 0) / 100_000) / 10} MB`;
}

function megapixels(pixels: Facts[string] | undefined): string {
  return `${Math.round(Number(pixels ?? 0) / 1e6)} megapixels`;
}

function side(value: Facts[string] | undefined): string {
  return Number(value ?? 0).toLocaleString("en-US");
}

function lengthLimit(facts: Facts): string {
  if (facts.aspect) return `the longer side may be ${facts.aspect} times the shorter one`;
  return `the longest side may be ${side(facts.limit)}`;
}

function pixelsOf({ width, height }: Facts): string {
  return width && height ? ` (${side(width)} × ${side(height)} pixels)` : "";
}
