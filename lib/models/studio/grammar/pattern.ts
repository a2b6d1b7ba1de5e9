import type { Token } from "./tag";

/**
 * A pattern is words with blanks between: lower case is the word itself, UPPER CASE a class of the lexicon, "|" joins
 * choices, "?" at the end makes a part optional. NOUN is up to three words for a thing that no list needs to know.
 */
export type Pattern = { parts: { choices: string[]; optional: boolean }[] };

export type Match = { end: number; parts: { as: string; tokens: Token[] }[] };

const MOST_NOUN_WORDS = 3;
const NEVER_NOUN = [
  ..."BG IMG COLOUR STYLE STUDIO GRADIENT TRANSPARENT SHADOW LEVEL QUALITY COLOURWORD CLOSEUP SQUARE SLIGHT".split(
    " ",
  ),
  ..."SEP AND JOINING BORDER PADDING CORNERS VIGNETTE BOKEH NOISE SCENE".split(" "),
];

export function compile(text: string): Pattern {
  const parts = text.split(" ").map((part) => {
    const optional = part.endsWith("?");
    return { choices: (optional ? part.slice(0, -1) : part).split("|"), optional };
  });
  return { parts };
}

/** What a match can begin with; lets the scan try only patterns that may fit. */
export function openings(pattern: Pattern): string[] {
  const found: string[] = [];
  for (const { choices, optional } of pattern.parts) {
    found.push(...choices);
    if (!optional) break;
  }
  return found;
}

/** The names a token answers to in `openings`. */
export function answersTo(tokens: Token[], at: number): string[] {
  const token = tokens[at];
  if (!token) return [];
  const names = [token.word, ...token.tags.keys()];
  return nounLengths(tokens, at).length > 0 ? [...names, "NOUN"] : names;
}

/** The longest way to read `pattern` from token `at`, or null. Bounded by the pattern, not by the prompt. */
export function match(pattern: Pattern, tokens: Token[], at: number, count: () => void): Match | null {
  return step({ pattern, tokens, count }, 0, at);
}

function step(
  on: { pattern: Pattern; tokens: Token[]; count: () => void },
  part: number,
  at: number,
): Match | null {
  on.count();
  const wanted = on.pattern.parts[part];
  if (!wanted) return { end: at, parts: [] };
  for (const as of wanted.choices) {
    for (const length of lengths(as, on.tokens, at)) {
      const rest = step(on, part + 1, at + length);
      if (rest)
        return { end: rest.end, parts: [{ as, tokens: on.tokens.slice(at, at + length) }, ...rest.parts] };
    }
  }
  return wanted.optional ? step(on, part + 1, at) : null;
}

function lengths(as: string, tokens: Token[], at: number): number[] {
  const token = tokens[at];
  if (!token) return [];
  if (as === "NOUN") return nounLengths(tokens, at);
  return token.tags.has(as) || token.word === as ? [1] : [];
}

function nounLengths(tokens: Token[], at: number): number[] {
  const found: number[] = [];
  for (let length = 1; length <= MOST_NOUN_WORDS; length++) {
    const token = tokens[at + length - 1];
    if (!token) break;
    if (isNoun(token)) found.unshift(length);
    else if (!isDescription(token)) break;
  }
  return found;
}

/** A word no list has, the subject, a scene word used as a thing, or any word right after an article ("the mirror"). */
function isNoun(token: Token) {
  if (token.tags.size === 0 || token.tags.has("SUBJ")) return true;
  if (token.tags.has("SCENE") && token.article) return true;
  return token.article && !NEVER_NOUN.some((tag) => token.tags.has(tag)) && token.number === undefined;
}

function isDescription(token: Token) {
  return (
    token.tags.has("COLOUR") || token.tags.has("SCENE") || token.tags.has("SHADE") || token.tags.has("N")
  );
}
