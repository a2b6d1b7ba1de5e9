import type { Rgb } from "@/lib/models/studio/edit-plan";
import { mixColour, type NamedColour } from "./colour";
import { listedWord, PHRASES, type PhraseNode, type Tags } from "./lexicon";
import { fromHex, type RawToken } from "./tokens";
import { COLOUR_NAMES } from "./words/colours";

/** One phrase, number, colour or pause, with everything it may stand for. */
export type Token = {
  start: number;
  end: number;
  word: string;
  tags: Tags;
  /** Stands right after "the", "a" or "my" in the prompt. */
  article: boolean;
  colour?: NamedColour;
  number?: { value: number; unit: string; signed: boolean };
  pair?: { width: number; height: number };
};

type Untied = Omit<Token, "article">;

const NO_TAGS: Tags = new Map();
const TOUCHES_NOTHING = ["FILLER", "HARMLESS"];
const ARTICLES = new Set([
  "a",
  "an",
  "the",
  "my",
  "our",
  "your",
  "this",
  "that",
  "his",
  "her",
  "their",
  "its",
]);
/** Articles within a phrase. Without an end, 50,000 characters of "a a a" were gone through from each of them: 3 s. */
const SKIPPABLE = 3;

/**
 * Joins words to the longest known phrases, shades to their colours, and drops filler. `work` counts words compared
 * with those of phrases.
 */
export function tagTokens(raw: RawToken[]): { tokens: Token[]; work: number } {
  const tokens: Token[] = [];
  let work = 0;
  const seen = new Map<string, string>();
  const words = raw.map((token) => (token.kind === "word" ? cached(seen, token.word) : ""));
  let article = false;
  for (let i = 0; i < raw.length; ) {
    const piece = raw[i];
    if (!piece) break;
    const phrase = piece.kind === "word" ? longestPhrase(words, i, () => work++) : null;
    const token = phrase ? joined({ raw, words, from: i, phrase }) : single(piece, words[i] ?? "");
    i = phrase ? phrase.end : i + 1;
    if (!isListNumber(token, raw[i], tokens.at(-1))) push(tokens, { ...token, article });
    article = ARTICLES.has(token.word) || (article && token.tags.has("HARMLESS"));
  }
  return { tokens, work };
}

function cached(seen: Map<string, string>, word: string) {
  const known = seen.get(word) ?? listedWord(word);
  seen.set(word, known);
  return known;
}

function longestPhrase(words: string[], from: number, count: () => void): { end: number; tags: Tags } | null {
  let node: PhraseNode | undefined = PHRASES;
  let best: { end: number; tags: Tags } | null = null;
  let skipped = 0;
  for (let i = from; i < words.length && node; i++) {
    count();
    const word = words[i] ?? "";
    const next: PhraseNode | undefined = node.next.get(word);
    if (!next && i > from && ARTICLES.has(word) && skipped++ < SKIPPABLE) continue;
    node = next;
    if (node?.tags) best = { end: i + 1, tags: node.tags };
  }
  return best;
}

function joined(from: {
  raw: RawToken[];
  words: string[];
  from: number;
  phrase: { end: number; tags: Tags };
}): Untied {
  const { raw, words, phrase } = from;
  const start = raw[from.from]?.start ?? 0;
  const end = raw[phrase.end - 1]?.end ?? start;
  const word = words.slice(from.from, phrase.end).join(" ");
  const name = phrase.tags.get("COLOUR");
  const rgb = name === undefined ? null : colourByName(name);
  return { start, end, word, tags: phrase.tags, ...(rgb && name ? { colour: { rgb, name } } : {}) };
}

function single(piece: RawToken, word: string): Untied {
  const at = { start: piece.start, end: piece.end };
  if (piece.kind === "word") return { ...at, word, tags: NO_TAGS };
  if (piece.kind === "sep")
    return { ...at, word: "", tags: new Map([["SEP", piece.hard ? "hard" : "soft"]]) };
  if (piece.kind === "pair") {
    return { ...at, word: "", tags: new Map([[piece.of === "size" ? "SIZE" : "RATIO", ""]]), pair: piece };
  }
  if (piece.kind === "hex") {
    const { r, g, b } = piece.colour;
    const name = `#${[r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
    return { ...at, word: name, tags: new Map([["COLOUR", name]]), colour: { rgb: piece.colour, name } };
  }
  const { value, unit, signed } = piece;
  const tag = { px: "PXN", "%": "PCT", x: "XN", k: "KN", deg: "DEG" }[unit] ?? "N";
  return { ...at, word: "", tags: new Map([[tag, ""]]), number: { value, unit, signed } };
}

/** "1." and "2)" at the head of a list entry. */
function isListNumber(token: Untied, next: RawToken | undefined, previous: Token | undefined) {
  const heads = previous === undefined || previous.tags.has("SEP") || previous.tags.has("AND");
  return (
    heads &&
    token.tags.has("N") &&
    next?.kind === "sep" &&
    next.start === token.end &&
    (token.number?.value ?? 99) < 30
  );
}

function push(tokens: Token[], token: Token) {
  if ([...token.tags.keys()].every((tag) => TOUCHES_NOTHING.includes(tag)) && token.tags.size > 0) return;
  const previous = tokens.at(-1);
  const shade = previous?.tags.get("SHADE");
  if (previous && shade && token.colour) {
    tokens[tokens.length - 1] = shaded(previous, shade, token, token.colour);
    return;
  }
  tokens.push(token);
}

function shaded(previous: Token, shade: string, token: Token, colour: NamedColour): Token {
  const name = `${shade} ${colour.name}`;
  const rgb = colourByName(name) ?? colourByName(name.replace(" ", "")) ?? mixColour(colour.rgb, shade);
  return { ...token, start: previous.start, colour: { rgb, name }, tags: new Map([["COLOUR", name]]) };
}

function colourByName(name: string): Rgb | null {
  const hex = COLOUR_NAMES.get(name);
  return hex === undefined ? null : fromHex(hex);
}
