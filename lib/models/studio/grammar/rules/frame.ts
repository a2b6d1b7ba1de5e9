import type { Draft, Found, Rule } from "@/lib/models/studio/grammar/found";

const MOST_UPSCALE = 4;
const MOST_EDGE = 10_000;
const BORDER_SHARE = 0.04;
const TIMES: Record<string, number> = { double: 2, twice: 2, triple: 3, quadruple: 4 };
const FORMATS: Record<string, [number, number]> = {
  "portrait format": [4, 5],
  "portrait orientation": [4, 5],
  "vertical format": [4, 5],
  "landscape format": [3, 2],
  "landscape orientation": [3, 2],
  "horizontal format": [3, 2],
  widescreen: [16, 9],
  "wide screen": [16, 9],
  "instagram story": [9, 16],
  "story format": [9, 16],
  "instagram reel": [9, 16],
  "instagram post": [4, 5],
};

const TO = "to|at|in|as|into|of|with";
const SHAPE = "SQUARE|RATIO|FORMAT";
const NEAR = "to|on|in|of|into|at|around|for";

/** Cropping, padding, turning and size. */
export const FRAME_RULES: Rule[] = [
  {
    at: "anywhere",
    say: [
      "CLOSEUP NEAR? IMG|NOUN?".replace("NEAR", NEAR),
      "STRONG|MORE? CLOSEUP",
      "MAKE|CHANGE|ADD|with|as|into? IMG? into|to|as|in? STRONG? CLOSEUP",
      "MAKE|CHANGE|ADD CLOSEUP of IMG|NOUN",
    ],
    make: closeUp,
  },
  {
    say: [
      `CROP STRONG? IMG|SUBJ? STRONG? with? PCT? PADDING?`,
      `CROP STRONG? IMG? STRONG? ${NEAR} IMG|NOUN with? PCT? PADDING?`,
      "STRONG CROP NEAR? IMG|NOUN?".replace("NEAR", NEAR),
    ],
    whole: true,
    make: cropSubject,
  },
  {
    say: [
      "center IMG|NOUN? in|on|within? IMG|BORDER|middle?",
      "MAKE|CHANGE|PUT IMG|NOUN center|centered",
      "PUT IMG|NOUN in|at center|middle of? IMG|BORDER?",
      "centered",
      "IMG|SUBJ centered|center",
      "in center of IMG|BORDER",
    ],
    make: () => [{ op: "centre-subject", margin: 0.1 }],
  },
  {
    say: [
      "with|at? PCT fill",
      "fill|filling|fills PCT of? IMG|BORDER?",
      "IMG|SUBJ fill|fills|filling PCT of? IMG|BORDER?",
    ],
    at: "anywhere",
    make: (found) => [{ op: "centre-subject", margin: fillMargin(found.amount(0.85)) }],
  },
  {
    say: ["ADD|MORE? MORE? PADDING around|for|on|to IMG|NOUN|SUBJ", "ADD MORE? PADDING"],
    make: () => [{ op: "centre-subject", margin: 0.2 }],
  },
  {
    say: [`CROP IMG|NOUN? ${TO}? RATIOWORD? ${SHAPE} RATIOWORD?`, `${SHAPE} CROP`],
    make: (found) => ratio(found, "crop"),
  },
  {
    say: [
      `MAKE|CHANGE|RESIZE|ADD|KEEP? IMG? ${TO}? RATIOWORD? ${TO}? ${SHAPE} RATIOWORD|IMG?`,
      `CHANGE|RESIZE? RATIOWORD ${TO}? ${SHAPE}`,
    ],
    make: (found) => ratio(found, "fit"),
  },
  {
    say: [
      `MAKE|CHANGE|ADD? IMG? ${TO}? ${SHAPE} with COLOUR? PADDING|BORDER|BG`,
      `pad|PADDING IMG? ${TO}? ${SHAPE} with|in? COLOUR?`,
      `MAKE|CHANGE? IMG? ${SHAPE} by? padding`,
      `pad IMG? with COLOUR ${TO}? ${SHAPE}`,
    ],
    make: (found) => ratio(found, "pad"),
  },
  {
    say: [
      "ADD|CHANGE|with|PUT? PCT|PXN? SLIGHT|STRONG|thin|thick|wide? COLOUR? PCT|PXN? BORDER|PADDING around|to|on? IMG|NOUN?",
      "ADD|with|PUT SLIGHT|STRONG|thin|thick? BORDER around|to|on IMG|NOUN",
      "BORDER of PCT|PXN? in? COLOUR?",
    ],
    make: border,
  },
  {
    say: ["ADD|CHANGE|MAKE|with? SLIGHT|STRONG? CORNERS", "MAKE|CHANGE|round? corners rounded|round?"],
    make: () => [{ op: "round-corners", share: 0.06 }],
  },
  {
    say: [
      "ROTATE IMG|NOUN? by? LEFT|RIGHT? by? DEG|N? to? LEFT|RIGHT?",
      "ROTATE DEG|N IMG",
      "ROTATE IMG|NOUN? UPSIDE",
      "UPSIDE",
    ],
    make: rotate,
  },
  {
    say: [
      "FLIP|MIRRORED IMG|NOUN? horizontally|vertically|sideways|horizontal|vertical?",
      "MAKE IMG MIRRORED",
      "FLIP|MIRRORED IMG|NOUN? UPSIDE|TOP_DOWN|SIDE_TO_SIDE",
      "FLIP horizontally|vertically|horizontal|vertical IMG",
      "horizontal|vertical FLIP",
    ],
    make: (found) => [
      {
        op: "flip",
        axis: ["vertically", "vertical", "UPSIDE", "TOP_DOWN"].some((word) => found.has(word))
          ? "vertical"
          : "horizontal",
      },
    ],
  },
  {
    say: [
      "UPSCALE|RESIZE IMG|NOUN? by|to? XN|PCT|N IMG|resolution|size?",
      "XN UPSCALE|BIGGER|upscaling|resolution|size|zoom",
      "MAKE|CHANGE IMG|NOUN? XN|HALF? as? BIGGER as?",
      "MAKE? IMG? XN|HALF size|resolution of? IMG|NOUN?",
      "CHANGE? HALF size|resolution of IMG",
      "UPSCALE IMG|NOUN?",
      "MAKE|CHANGE IMG? SLIGHT|STRONG? BIGGER",
      "MORE size|resolution of? IMG?",
      "BIGGER",
    ],
    make: upscale,
  },
  { say: ["in|at|with|as? KN resolution|QUALITY?"], make: () => [] },
  {
    say: [
      `RESIZE|MAKE|UPSCALE|CHANGE IMG|size|resolution? ${TO}? KN resolution|WIDE?`,
      `RESIZE|CROP|MAKE|UPSCALE|CHANGE|THUMB? IMG|THUMB|size|resolution? ${TO}|by|be? PXN|SIZE WIDE|HIGH|LONG|px? RESIZE|IMG|SQUARE|THUMB?`,
      `RESIZE|MAKE|UPSCALE|CHANGE IMG|size? ${TO}|be PXN|N WIDE|HIGH|LONG|px on|for? LONG?`,
      `RESIZE|MAKE|UPSCALE|CHANGE|with|IMG? WIDE|HIGH|LONG ${TO}|be? PXN|N`,
      `RESIZE|UPSCALE|CHANGE IMG|size? ${TO} N`,
      `SQUARE N`,
      `PXN|N on|for LONG`,
    ],
    make: resize,
  },
];

/** Half of what the subject leaves free, in thousandths of the frame. */
function fillMargin(share: number) {
  return Math.round(Math.max(0, Math.min(0.45, (1 - share) / 2)) * 1000) / 1000;
}

function closeUp(found: Found): Draft[] {
  const drafts: Draft[] = [{ op: "close-up", tightness: found.has("STRONG") ? 0.75 : 0.5 }];
  if (found.noun)
    drafts.push({
      op: "warning",
      text: `the close-up goes to the main subject; “${found.noun}” is not looked for by name`,
    });
  return drafts;
}

function cropSubject(found: Found): Draft[] {
  const usual = found.has("STRONG") ? 0.02 : 0.08;
  const drafts: Draft[] = [
    { op: "crop-subject", margin: found.number === null ? usual : Math.min(1, Math.abs(found.number) / 100) },
  ];
  if (found.noun)
    drafts.push({
      op: "warning",
      text: `the crop goes to the main subject; “${found.noun}” is not looked for by name`,
    });
  return drafts;
}

function ratio(found: Found, how: "fit" | "crop" | "pad"): Draft[] {
  const [width, height] = found.pair
    ? [found.pair.width, found.pair.height]
    : (FORMATS[found.value("FORMAT") ?? ""] ?? [1, 1]);
  if (!(width > 0 && height > 0) || width / height > 10 || height / width > 10) return [{ op: "refused" }];
  return [{ op: "ratio", how, width, height, fill: found.colours[0]?.rgb ?? null }];
}

function border(found: Found): Draft[] {
  if (found.has("PADDING") && found.colours.length === 0) return [{ op: "centre-subject", margin: 0.2 }];
  const colour = found.colours[0]?.rgb ?? { r: 255, g: 255, b: 255 };
  const thickness =
    found.has("thin") || found.has("SLIGHT") ? BORDER_SHARE / 2 : found.has("thick") ? 0.08 : BORDER_SHARE;
  const share = found.has("PCT") ? Math.min(0.5, found.amount(BORDER_SHARE)) : thickness;
  const drafts: Draft[] = [{ op: "border", colour, share }];
  if (found.has("PXN"))
    drafts.push({ op: "warning", text: `borders are a share of the short side: ${share * 100} % is used` });
  return drafts;
}

function rotate(found: Found): Draft[] {
  if (found.has("UPSIDE")) return [{ op: "rotate", degrees: 180 }];
  const sign = found.has("LEFT") ? -1 : 1;
  if (found.number !== null) return [{ op: "rotate", degrees: (sign * found.number) % 360 }];
  return found.has("LEFT") || found.has("RIGHT")
    ? [{ op: "rotate", degrees: 90 * sign }]
    : [{ op: "refused" }];
}

function upscale(found: Found): Draft[] {
  const number = found.number;
  const named =
    TIMES[["double", "twice", "triple", "quadruple"].find((word) => found.value("HALF") === word) ?? ""];
  const asked = number === null ? (named ?? 2) : found.has("PCT") ? number / 100 : number;
  if (asked > 10 && !found.has("PCT") && !found.has("XN")) return resize(found);
  if (asked < 1) return [{ op: "refused" }];
  const drafts: Draft[] = [{ op: "upscale", factor: Math.min(MOST_UPSCALE, asked) }];
  if (asked > MOST_UPSCALE)
    drafts.push({ op: "warning", text: `${MOST_UPSCALE}x is the largest upscale; ${asked}x is asked for` });
  return drafts;
}

function resize(found: Found): Draft[] {
  const pair = found.pair;
  const edge = Math.round(Math.abs(found.number ?? 0) * (found.has("KN") ? 960 : 1));
  const numbers = pair ? [pair.width, pair.height] : [edge];
  if (numbers.some((number) => number < 16 || number > MOST_EDGE)) return [{ op: "refused" }];
  if (pair)
    return [
      fitting(pair.width, pair.height),
      { op: "resize", width: pair.width, height: pair.height, longEdge: null },
    ];
  const square: Draft[] = found.has("SQUARE") ? [fitting(1, 1)] : [];
  if (found.has("WIDE")) return [...square, { op: "resize", width: edge, height: null, longEdge: null }];
  if (found.has("HIGH")) return [...square, { op: "resize", width: null, height: edge, longEdge: null }];
  return [...square, { op: "resize", width: null, height: null, longEdge: edge }];
}

/** An exact size is reached by framing first, so that nothing is stretched. */
function fitting(width: number, height: number): Draft {
  const divisor = greatestDivisor(width, height);
  return { op: "ratio", how: "fit", width: width / divisor, height: height / divisor, fill: null };
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
