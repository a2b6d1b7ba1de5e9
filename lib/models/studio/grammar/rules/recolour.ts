import type { Draft, Found, Rule } from "@/lib/models/studio/grammar/found";
import { PARTS } from "@/lib/models/studio/grammar/words/parts";

const MAKES_WHOLE = [
  "image",
  "photo",
  "picture",
  "everything",
  "photograph",
  "pic",
  "whole",
  "entire",
  "scene",
  "all",
];

/** New colours for the subject, the background or the whole picture. */
export const RECOLOUR_RULES: Rule[] = [
  {
    say: [
      "MAKE IMG|NOUN to|into|in|as? COLOUR COLOURWORD|color|colored?",
      "MAKE IMG|NOUN COLOURWORD to|into|in|as COLOUR",
      "MAKE IMG|NOUN COLOURWORD COLOUR",
      "CHANGE|MAKE COLOURWORD|COLOUR of|on|for|in IMG|NOUN to|into|as|from? COLOUR",
      "CHANGE|MAKE COLOURWORD of|on|for|in IMG|NOUN from COLOUR to COLOUR",
      "CHANGE|MAKE IMG|NOUN from COLOUR to|into COLOUR",
      "CHANGE|MAKE COLOURWORD to|into|in|as? COLOUR",
      "CHANGE|PUT|ADD IMG|NOUN in COLOUR COLOURWORD?",
      "CHANGE|ADD IMG|NOUN COLOUR COLOURWORD",
      "IMG|NOUN in COLOUR COLOURWORD?",
      "in COLOUR COLOURWORD?",
      "IMG|NOUN COLOURWORD to|as|in? COLOUR",
      "COLOURWORD to|as|of IMG|NOUN to|as? COLOUR",
    ],
    whole: true,
    make: recolour,
  },
  {
    at: "anywhere",
    say: ["dye|tint|recolor|colorize BG COLOUR", "dye|tint|recolor|colorize BG in|to|with|into COLOUR"],
    make: (found) =>
      found.colours.slice(0, 1).map(({ rgb, name }) => paint({ rgb, name, part: "background", noun: null })),
  },
  { at: "anywhere", say: ["INVERT", "INVERT COLOURWORD|IMG"], make: () => [{ op: "invert" }] },
];

function recolour(found: Found): Draft[] {
  const colour = found.colours.at(-1);
  if (!colour || (found.noun !== null && isPart(found.noun))) return [{ op: "refused" }];
  const { rgb, name } = colour;
  if (found.noun !== null) return [paint({ rgb, name, part: "subject", noun: found.noun })];
  const spoken = found.value("IMG") ?? "it";
  const whole = MAKES_WHOLE.some((word) => spoken.includes(word)) && !spoken.includes("product");
  return [paint({ rgb, name, part: whole ? "everything" : "subject", noun: null })];
}

/** "her hair" and "the car wheels" are parts; "wheel chair" is not. */
function isPart(noun: string) {
  return PARTS.has(noun.split(" ").at(-1) ?? "");
}

type Paint = Omit<Extract<Draft, { op: "recolour" }>, "op" | "colour"> & {
  rgb: { r: number; g: number; b: number };
};

function paint({ rgb, ...rest }: Paint): Draft {
  return { op: "recolour", colour: rgb, ...rest };
}
