import type { EditOp } from "@/lib/models/studio/edit-plan";
import type { Draft, Found, Rule } from "@/lib/models/studio/grammar/found";
import { NEAR_STYLES, STYLES, type StyleName } from "@/lib/models/studio/grammar/words/looks";

type Light = Extract<EditOp, { op: "adjust" }>["what"];
const USUAL = 0.25;

/** Styles, light and colour of the whole picture, sharpness. */
export const LOOK_RULES: Rule[] = [
  {
    at: "anywhere",
    say: ["CHANGE|MAKE IMG|NOUN? into|to|in|as|like|with? STYLE STYLE|IMG?", "STYLE of IMG|NOUN"],
    make: style,
  },
  { say: ["ADD|CHANGE|MAKE|in|to|into|as? STYLE STYLE|IMG|COLOURWORD?", "ADD|MORE? STYLE"], make: style },
  {
    at: "anywhere",
    say: [
      "STYLE BG",
      "CHANGE|MAKE? BG STYLE",
      "CHANGE|MAKE BG in|to|into STYLE",
      "brighten|lighten|darken|dim|SHARP|SATURATE|DESATURATE BG",
      "CHANGE|MAKE BG SLIGHT|STRONG|MORE|LESS? BRIGHTEN|DARKEN|SATURATE|SHARP|WARMER|COOLER",
      "REMOVE|CHANGE? BG NOISE",
    ],
    make: () => [{ op: "refused" }],
  },
  ...light("BRIGHTEN", "brightness", 1),
  ...light("DARKEN", "brightness", -1),
  ...light("SATURATE", "saturation", 1),
  ...light("DESATURATE", "saturation", -1),
  ...light("WARMER", "warmth", 1),
  ...light("COOLER", "warmth", -1),
  {
    say: [
      "MAKE? IMG? SLIGHT|STRONG? MORE|LESS SLIGHT|STRONG? LEVEL|COLOURWORD of? IMG|SUBJ? by|to? PCT|N?",
      "MORE|LESS LEVEL SLIGHT|STRONG",
      "MORE|LESS? PCT|N MORE|LESS? LEVEL",
      "ADD|CHANGE? LEVEL by|to|up|down? PCT|N",
      "STRONG LEVEL",
    ],
    make: level,
  },
  {
    say: [
      "ENHANCE QUALITY|COLOURWORD|LEVEL|IMG of? IMG|SUBJ?",
      "ENHANCE IMG QUALITY|LEVEL|COLOURWORD",
      "ENHANCE",
      "MAKE? IMG ENHANCE",
      "good|ENHANCE light|lighting|quality",
      "MAKE IMG pop",
    ],
    make: () => [{ op: "auto-enhance" }],
  },
  {
    say: [
      "MAKE|CHANGE? IMG|SUBJ? SLIGHT|STRONG|MORE? SHARP SLIGHT|STRONG? IMG|SUBJ|LEVEL? SLIGHT|STRONG? by? PCT?",
      "MORE|ADD SHARP",
    ],
    whole: true,
    make: (found) => [{ op: "sharpen", amount: found.amount(0.5) }],
  },
  {
    say: ["MAKE|CHANGE|ADD? IMG? SLIGHT|STRONG|MORE? SOFT SLIGHT|STRONG? IMG|SUBJ|look|light? by? PCT?"],
    whole: true,
    make: (found) => [{ op: "soften", amount: found.amount(0.4) }],
  },
  {
    say: ["MAKE|CHANGE|ADD? IMG? SLIGHT|STRONG? BLUR SLIGHT|STRONG? IMG? SLIGHT|STRONG? by? PCT?"],
    whole: true,
    make: (found) => [{ op: "soften", amount: found.amount(0.7) }],
  },
  {
    say: [
      "SLIGHT|STRONG? DENOISE IMG|SUBJ? SLIGHT|STRONG?",
      "REMOVE|LESS|no|without|ENHANCE NOISE from|in|of? IMG?",
      "REMOVE NOISE and NOISE",
      "LESS SLIGHT|STRONG? NOISE",
    ],
    make: (found) => [{ op: "denoise", amount: found.amount(0.5) }],
  },
  {
    at: "anywhere",
    say: [
      "CHANGE|ADD|MAKE? SLIGHT|STRONG? BLUR SLIGHT|STRONG? BG SLIGHT|STRONG? by? PCT?",
      "CHANGE|MAKE? BG SLIGHT|STRONG|MORE|to? BLUR by? PCT?",
      "BLUR everything|all except|but|behind|around IMG|NOUN",
      "BLUR BG of|behind|around IMG|NOUN",
      "KEEP BG but|and BLUR IMG",
    ],
    make: (found) => [{ op: "blur-background", strength: found.amount(0.6) }],
  },
  {
    say: ["ADD|CHANGE|MAKE|with|in? SLIGHT|STRONG? BOKEH BG|SLIGHT|STRONG?"],
    make: (found) => [{ op: "blur-background", strength: found.amount(0.6) }],
  },
  {
    say: ["ADD|CHANGE|with? SLIGHT|STRONG? VIGNETTE SLIGHT|STRONG? of? PCT?"],
    make: (found) => [{ op: "vignette", amount: found.amount(0.5) }],
  },
  {
    say: [
      "ADD|CHANGE|with|PUT|MAKE? SLIGHT|STRONG|MORE? SHADOW",
      "ADD|CHANGE|with|PUT? SLIGHT|STRONG? SHADOW under|below|beneath|behind|to|for|of IMG|NOUN",
      "KEEP SHADOW",
    ],
    make: () => [{ op: "shadow" }],
  },
  {
    say: ["no|without SHADOW", "NEVER ADD SHADOW"],
    at: "anywhere",
    make: () => [{ op: "no-shadow", asked: null }],
  },
  {
    at: "anywhere",
    say: ["REMOVE SHADOW", "REMOVE SHADOW of|from|under|behind|in|on IMG|NOUN"],
    make: () => [{ op: "no-shadow", asked: "remove" }],
  },
];

function style(found: Found): Draft[] {
  const spoken = found.values("STYLE").map((value) => value);
  const value = spoken.find((one) => one !== "oil") ?? spoken[0];
  const near = Object.keys(NEAR_STYLES).find((word) => value === word);
  const name = near ? NEAR_STYLES[near] : styleNames().find((known) => known === value);
  if (!name) return [{ op: "refused" }];
  const drafts: Draft[] = [{ op: "style", style: name }];
  if (near) drafts.push({ op: "warning", text: `${near} is drawn with the ${name} look` });
  return drafts;
}

function styleNames(): StyleName[] {
  return ["watercolour", "sketch", "oil", "cartoon", "black-and-white", "sepia", "vintage", "pop-art"].filter(
    isStyle,
  );
}

function isStyle(name: string): name is StyleName {
  return name in STYLES;
}

function light(tag: string, what: Light, sign: 1 | -1): Rule[] {
  const many = "SLIGHT|STRONG?";
  return [
    {
      say: [
        `MAKE|CHANGE? IMG|SUBJ? by? PCT? ${many} MORE? ${tag} ${many} IMG|SUBJ|COLOURWORD? ${many} by? PCT?`,
        `in|with? ${many} ${tag}`,
        `${tag} IMG up|down ${many}`,
      ],
      whole: true,
      make: (found) => [{ op: "adjust", what, amount: sign * found.amount(USUAL) }],
    },
    {
      say: [`MAKE NOUN ${many} ${tag}`, `${tag} NOUN`],
      make: (found) =>
        found.noun === null
          ? []
          : [
              { op: "adjust", what, amount: sign * found.amount(USUAL) },
              {
                op: "warning",
                text: `light and colour change in the whole picture, not in “${found.noun}” alone`,
              },
            ],
    },
    {
      say: [`LESS ${tag}`, `MAKE IMG LESS ${tag}`],
      make: (found) => [{ op: "adjust", what, amount: -sign * found.amount(USUAL) }],
    },
  ];
}

const LEVELS: Record<string, Light> = {
  brightness: "brightness",
  contrast: "contrast",
  contrasts: "contrast",
  contrasty: "contrast",
  saturation: "saturation",
  "color saturation": "saturation",
  vibrance: "saturation",
  warmth: "warmth",
  temperature: "warmth",
  "color temperature": "warmth",
  exposure: "exposure",
};

function level(found: Found): Draft[] {
  const what = found.has("COLOURWORD") ? "saturation" : LEVELS[found.value("LEVEL") ?? ""];
  if (!what) return [{ op: "refused" }];
  const down = found.has("LESS") || found.has("down") || (found.number ?? 0) < 0;
  return [{ op: "adjust", what, amount: (down ? -1 : 1) * found.amount(USUAL) }];
}
