import { COLOUR_NAMES, COLOUR_SHADES } from "./words/colours";
import { FILLER, HARMLESS, JOINING } from "./words/filler";
import { NEAR_STYLES, STYLES } from "./words/looks";
import { SCENES } from "./words/scenes";
import { NOT_SLIPS, SPELLINGS } from "./words/spelling";
import { THINGS } from "./words/things";
import { VERBS } from "./words/verbs";

/** What a phrase may stand for: class name to value ("SCENE" -> "beach", "BG" -> "background"). */
export type Tags = ReadonlyMap<string, string>;

/** A node of the word tree; walking it finds the longest known phrase. */
export type PhraseNode = { next: Map<string, PhraseNode>; tags: Map<string, string> | null };

export const PHRASES: PhraseNode = { next: new Map(), tags: null };
const known = new Set<string>();
const bySlip = new Map<string, string | null>();
const STEMMED = new Set(Object.keys({ ...VERBS, ...THINGS }).concat("SCENE", "STYLE"));

fillPhrases();
for (const word of known) if (word.length >= 4) for (const key of deletions(word)) noteSlip(key, word);

/** The listed word a written one stands for: same, other spelling, other ending, or one slip of the pen. */
export function listedWord(written: string): string {
  const word = SPELLINGS[written] ?? written;
  if (known.has(word)) return word;
  return byEnding(word) ?? correctSlip(word) ?? word;
}

function fillPhrases() {
  for (const [tag, phrases] of Object.entries({ ...VERBS, ...THINGS })) addAll(phrases, tag);
  for (const [scene, { words }] of Object.entries(SCENES)) addAll(words, "SCENE", scene);
  for (const [style, words] of Object.entries(STYLES)) addAll(words, "STYLE", style);
  for (const near of Object.keys(NEAR_STYLES)) addAll(near, "STYLE", near);
  for (const name of COLOUR_NAMES.keys()) add(name, "COLOUR", name);
  for (const shade of Object.keys(COLOUR_SHADES)) add(shade, "SHADE", shade);
  for (const [verb, words] of Object.entries(VERBS)) {
    for (const word of words.split(",")) add(word, "VERB", verb);
  }
  addAll(FILLER, "FILLER");
  addAll(HARMLESS, "HARMLESS");
  addAll(JOINING, "JOINING");
  addAll("and,then,but,and then,plus,however,while,or,though,although", "AND");
}

function addAll(phrases: string, tag: string, value?: string) {
  for (const phrase of phrases.split(",")) add(phrase, tag, value ?? phrase);
}

function add(phrase: string, tag: string, value: string) {
  let node = PHRASES;
  for (const word of phrase.trim().split(" ")) {
    known.add(word);
    const next = node.next.get(word) ?? { next: new Map(), tags: null };
    node.next.set(word, next);
    node = next;
  }
  node.tags ??= new Map();
  node.tags.set(tag, value);
}

function byEnding(word: string): string | null {
  const bases = [];
  if (word.endsWith("'s")) return null;
  if (word.length > 4 && word.endsWith("s")) bases.push(word.slice(0, -1), word.slice(0, -2));
  if (word.length > 5 && word.endsWith("ing")) bases.push(...verbBases(word.slice(0, -3)));
  if (word.length > 4 && word.endsWith("ed")) bases.push(...verbBases(word.slice(0, -2)));
  return bases.find((base) => base.length > 2 && hasEndings(base)) ?? null;
}

function verbBases(base: string) {
  return [base, `${base}e`, base.slice(0, -1)];
}

/** Colours and filler have no endings: "tans" and "reds" are other words. */
function hasEndings(base: string) {
  const tags = PHRASES.next.get(base)?.tags;
  return tags !== null && tags !== undefined && [...tags.keys()].some((tag) => STEMMED.has(tag));
}

/** One letter missing, added, changed or two swapped; the first letter must be right, and only one word may fit. */
function correctSlip(word: string): string | null {
  if (word.length < 5 || word.length > 18 || NOT_SLIPS.has(word) || !/^[a-z]+$/.test(word)) return null;
  const found = new Set<string | null>();
  for (const key of deletions(word)) if (bySlip.has(key)) found.add(bySlip.get(key) ?? null);
  const fits = [...found].filter((candidate) => candidate === null || isOneSlip(word, candidate));
  return fits.length === 1 ? (fits[0] ?? null) : null;
}

function noteSlip(key: string, word: string) {
  const other = bySlip.get(key);
  bySlip.set(key, other === undefined || other === word ? word : null);
}

function deletions(word: string): Set<string> {
  const keys = new Set([word]);
  for (let i = 1; i < word.length; i++) keys.add(word.slice(0, i) + word.slice(i + 1));
  return keys;
}

/** Two deletions may meet in the middle at distance two ("cat"/"act" styles); only one edit or one swap counts. */
function isOneSlip(a: string, b: string) {
  let head = 0;
  while (head < a.length && a[head] === b[head]) head++;
  let tail = 0;
  const room = Math.min(a.length, b.length) - head;
  while (tail < room && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const [left, right] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
