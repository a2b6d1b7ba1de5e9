import type { Token } from "./tag";

const MOST_NOUN_WORDS = 3;
const NEVER_NOUN =
  "BG IMG COLOUR STYLE STUDIO GRADIENT TRANSPARENT SHADOW LEVEL QUALITY COLOURWORD CLOSEUP SQUARE SLIGHT SEP AND JOINING BORDER PADDING CORNERS VIGNETTE BOKEH NOISE SCENE".split(
    " ",
  );

/** How many tokens from `at` may name a thing ("car", "red car"); an empty list when none. */
export function nounLengths(tokens: Token[], at: number): number[] {
  const found: number[] = [];
  for (let length = 1; length <= MOST_NOUN_WORDS; length++) {
    const token = tokens[at + length - 1];
    if (!token) break;
    if (isNoun(token)) found.push(length);
    else if (!isDescription(token)) break;
  }
  return found;
}

/** A word no list has, the subject, a scene word used as a thing, or any word right after an article ("the mirror"). */
function isNoun(token: Token) {
  if (token.tags.size === 0 || token.tags.has("SUBJ")) return true;
  if (token.tags.has("SCENE") && token.article) return true;
  return token.article && token.number === undefined && !NEVER_NOUN.some((tag) => token.tags.has(tag));
}

function isDescription(token: Token) {
  return ["COLOUR", "SCENE", "SHADE", "N"].some((tag) => token.tags.has(tag));
}
