import { nounLengths } from "./noun";
import type { Token } from "./tag";

/**
 * A pattern is words with blanks between: lower case is the word itself, UPPER CASE a class of the lexicon, "|" joins
 * choices, "?" at the end makes a part optional. NOUN is up to three words for a thing that no list needs to know.
 */
export type Pattern = { parts: Part[]; most: number };
type Part = { choices: string[]; optional: boolean; noun: boolean; mask: Mask };

/** Bits of the names a part accepts: `at` the word of the token's row, `bits` within it. */
type Mask = { at: number; bits: number }[];

export type Match = { end: number; parts: { as: string; tokens: Token[] }[] };

/** Tokens with, for each, a row of bits for the names it answers to and the lengths a noun may have there. */
export type Reading = { tokens: Token[]; rows: Uint32Array; nouns: Uint8Array; keys: string[] };

const NAMES = new Map<string, number>();
const ROW = 12;

export function compile(text: string): Pattern {
  const parts = text.split(" ").map((part) => {
    const optional = part.endsWith("?");
    const choices = (optional ? part.slice(0, -1) : part).split("|");
    return { choices, optional, noun: choices.includes("NOUN"), mask: toMask(choices) };
  });
  return { parts, most: parts.reduce((sum, { noun }) => sum + (noun ? 3 : 1), 0) };
}

/** Prepares tokens for many patterns; call after every pattern is compiled. */
export function toReading(tokens: Token[]): Reading {
  const rows = new Uint32Array(tokens.length * ROW);
  const nouns = new Uint8Array(tokens.length);
  const keys = tokens.map((token, at) => {
    const names = [token.word, ...token.tags.keys()].filter((name) => NAMES.has(name));
    for (const { at: word, bits } of toMask(names)) rows[at * ROW + word] = bits;
    for (const length of nounLengths(tokens, at)) nouns[at] = (nouns[at] ?? 0) | (1 << length);
    return `${names.join("|")}/${nouns[at]}`;
  });
  return { tokens, rows, nouns, keys };
}

/** Where the first way to read `pattern` from token `at` ends, or -1. Bounded by the pattern, not by the prompt. */
export function endOf(pattern: Pattern, reading: Reading, at: number, count: () => void): number {
  return step({ pattern, reading, count, horizon: Number.POSITIVE_INFINITY }, 0, at);
}

/** Whether the two tokens at `at` could begin `pattern`, whatever follows. */
export function mayBegin(pattern: Pattern, reading: Reading, at: number, count: () => void): boolean {
  return step({ pattern, reading, count, horizon: at + 2 }, 0, at) >= 0;
}

/** The match that `endOf` found, with its parts by the names they were read as. */
export function match(pattern: Pattern, reading: Reading, at: number, part = 0): Match | null {
  const wanted = pattern.parts[part];
  if (!wanted) return { end: at, parts: [] };
  for (const length of lengths(wanted, reading, at)) {
    const rest = match(pattern, reading, at + length, part + 1);
    if (!rest) continue;
    const tokens = reading.tokens.slice(at, at + length);
    return { end: rest.end, parts: [{ as: readAs(wanted, tokens), tokens }, ...rest.parts] };
  }
  return wanted.optional ? match(pattern, reading, at, part + 1) : null;
}

type Search = { pattern: Pattern; reading: Reading; count: () => void; horizon: number };

function step(search: Search, part: number, at: number): number {
  search.count();
  const wanted = search.pattern.parts[part];
  if (!wanted || at >= search.horizon) return at;
  if (accepts(wanted.mask, search.reading, at)) {
    const end = step(search, part + 1, at + 1);
    if (end >= 0) return end;
  }
  if (wanted.noun) {
    for (let length = 3; length > 0; length--) {
      if (((search.reading.nouns[at] ?? 0) & (1 << length)) === 0) continue;
      const end = step(search, part + 1, at + length);
      if (end >= 0) return end;
    }
  }
  return wanted.optional ? step(search, part + 1, at) : -1;
}

function lengths(part: Part, reading: Reading, at: number): number[] {
  const noun = part.noun
    ? [3, 2, 1].filter((length) => ((reading.nouns[at] ?? 0) & (1 << length)) !== 0)
    : [];
  return accepts(part.mask, reading, at) ? [1, ...noun] : noun;
}

function accepts(mask: Mask, reading: Reading, at: number) {
  for (const { at: word, bits } of mask) if (((reading.rows[at * ROW + word] ?? 0) & bits) !== 0) return true;
  return false;
}

function readAs(part: Part, tokens: Token[]): string {
  const [token] = tokens;
  const single =
    tokens.length === 1
      ? part.choices.find((name) => token?.word === name || token?.tags.has(name))
      : undefined;
  return single ?? "NOUN";
}

function toMask(names: string[]): Mask {
  const words = new Map<number, number>();
  for (const name of names) {
    const id = NAMES.get(name) ?? NAMES.size;
    NAMES.set(name, id);
    words.set(id >> 5, (words.get(id >> 5) ?? 0) | (1 << (id & 31)));
  }
  if (NAMES.size > ROW * 32) throw new Error("the patterns use more names than a row has bits");
  return [...words].map(([at, bits]) => ({ at, bits }));
}
