import { type Draft, Found, type Rule } from "./found";
import {
  compile,
  endOf,
  type Match,
  match,
  mayBegin,
  type Pattern,
  type Reading,
  toReading,
} from "./pattern";
import { BACKGROUND_RULES } from "./rules/background";
import { FRAME_RULES } from "./rules/frame";
import { LOOK_RULES } from "./rules/looks";
import { RECOLOUR_RULES } from "./rules/recolour";
import type { Token } from "./tag";

export type Run = { from: number; to: number };
/** `nouns`: things named in understood wishes ("the dog" of "cut out the dog"). */
export type Scan = { drafts: Draft[]; unknown: Run[]; nouns: string[]; work: number };

type Entry = { rule: Rule; pattern: Pattern };
type State = Scan & { reading: Reading; begun: Map<string, Entry[]>; count: () => void };
type Where = { start: boolean; alone: boolean };

const ENTRIES: Entry[] = [...BACKGROUND_RULES, ...RECOLOUR_RULES, ...LOOK_RULES, ...FRAME_RULES].flatMap(
  (rule) => rule.say.map((text) => ({ rule, pattern: compile(text) })),
);

/** Kept as they are by most prompts; a comma in such a list does not end the wish. */
const KEEPABLE =
  "shape,texture,details,detail,proportions,proportion,size,position,pose,face,identity,everything,else,material,pattern,logo,text,label,composition,perspective,features,edges,rest,geometry,packaging,branding".split(
    ",",
  );
/** "no text" may mean "add none": nothing is added, but nothing is taken away either, and that is said. */
const NOT_ADDED =
  "text,watermark,watermarks,people,person,logo,logos,props,objects,clutter,distractions,artifacts,hands".split(
    ",",
  );

/** Reads tokens from left to right: the longest rule at each place wins, what no rule takes becomes unknown. */
export function scan(tokens: Token[]): Scan {
  const state: State = {
    drafts: [],
    unknown: [],
    nouns: [],
    work: 0,
    reading: toReading(tokens),
    begun: new Map(),
    count: () => {
      state.work++;
    },
  };
  let run: Run | null = null;
  let loose: number | null = null;
  let dirty = false;
  const close = () => {
    if (run) state.unknown.push(run);
    run = null;
    loose = null;
  };
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (!token) break;
    if (token.tags.has("SEP") || isPause(tokens, at)) {
      close();
      if (token.tags.get("SEP") === "hard" || token.word === "then") dirty = false;
      at++;
      continue;
    }
    const taken = take(state, tokens, at, { start: run === null, alone: run === null && !dirty });
    if (taken !== null) {
      close();
      at = taken;
      continue;
    }
    if (run) run.to = at;
    else if (isEmpty(token)) loose ??= at;
    else run = { from: loose ?? at, to: at };
    dirty ||= run !== null;
    at++;
  }
  close();
  return state;
}

/** Takes what stands at `at`, notes its drafts, and says where it ends; null when nothing understands it. */
function take(state: State, tokens: Token[], at: number, where: Where): number | null {
  const found = longest(state, at, where);
  if (found) {
    const parts = new Found(found.match.parts);
    const drafts = found.rule.make(parts);
    if (parts.noun !== null) state.nouns.push(parts.noun);
    if (drafts.some(({ op }) => op === "refused")) state.unknown.push({ from: at, to: found.match.end - 1 });
    else state.drafts.push(...drafts);
    return found.match.end;
  }
  const token = tokens[at];
  if (token?.tags.has("NEVER")) return constraint({ state, tokens, from: at, never: true });
  if (where.start && token?.tags.has("KEEP")) return keep(state, tokens, at, where);
  if (token?.word === "no" && NOT_ADDED.includes(tokens[at + 1]?.word ?? "")) {
    const text = `nothing is added for “no ${tokens[at + 1]?.word}”, and nothing that is already there is removed`;
    state.drafts.push({ op: "warning", text });
    return at + 2;
  }
  return null;
}

function longest(state: State, at: number, where: Where): { rule: Rule; match: Match } | null {
  const { reading } = state;
  let best: Entry | null = null;
  let bestEnd = at;
  for (const entry of candidates(state, at)) {
    if (entry.pattern.most <= bestEnd - at || !mayStand(entry.rule, where)) continue;
    const end = endOf(entry.pattern, reading, at, state.count);
    if (end <= bestEnd || (entry.rule.whole && isCutShort(entry, reading, at, end))) continue;
    best = entry;
    bestEnd = end;
  }
  const found = best && match(best.pattern, reading, at);
  return best && found ? { rule: best.rule, match: found } : null;
}

/** Patterns that the next two tokens can begin; the same pair is looked up once per prompt. */
function candidates(state: State, at: number): Entry[] {
  const { reading, begun } = state;
  const key = `${reading.keys[at]} ${reading.keys[at + 1]}`;
  const known = begun.get(key);
  if (known) return known;
  const fitting = ENTRIES.filter(({ pattern }) => mayBegin(pattern, reading, at, state.count));
  begun.set(key, fitting);
  return fitting;
}

function isCutShort(entry: Entry, reading: Reading, at: number, end: number) {
  if (reading.tokens[end]?.tags.size !== 0) return false;
  return match(entry.pattern, reading, at)?.parts.at(-1)?.as !== "BG";
}

function mayStand(rule: Rule, where: Where) {
  if (rule.at === "anywhere") return true;
  return rule.at === "alone" ? where.alone : where.start;
}

function keep(state: State, tokens: Token[], at: number, where: Where): number {
  const isIt = tokens[at + 1]?.tags.has("IMG");
  if (isIt && longest(state, at + 2, where)) return at + 2;
  return constraint({ state, tokens, from: at, never: false });
}

/** "don't crop", "keep the product as it is": swallowed to the end of the clause, remembered for contradictions. */
function constraint(on: { state: State; tokens: Token[]; from: number; never: boolean }): number {
  const { state, tokens, from, never } = on;
  let at = from + 1;
  for (; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token || endsConstraint({ state, tokens, at, never })) break;
    if (token.tags.has("BG")) state.drafts.push({ op: "kept", what: "background" });
    if (never && token.tags.has("CROP")) state.drafts.push({ op: "kept", what: "frame" });
    if (never && token.tags.has("SHADOW")) state.drafts.push({ op: "no-shadow", asked: null });
  }
  return at;
}

function endsConstraint(on: { state: State; tokens: Token[]; at: number; never: boolean }) {
  const { state, tokens, at, never } = on;
  const token = tokens[at];
  const next = tokens[at + 1];
  if (token?.tags.get("SEP") === "hard" || token?.word === "but" || token?.word === "then") return true;
  if (token?.tags.has("SEP")) return !next || !isKeepable(next);
  const begins = { start: true, alone: true };
  if (token?.tags.has("AND")) {
    return (
      next === undefined ||
      (!isKeepable(next) && (next.tags.has("VERB") || longest(state, at + 1, begins) !== null))
    );
  }
  return !never && token?.tags.has("JOINING") === true && longest(state, at, begins) !== null;
}

function isKeepable(token: Token) {
  return (
    KEEPABLE.includes(token.word) ||
    ["SUBJ", "COLOURWORD", "LEVEL", "QUALITY", "BG"].some((tag) => token.tags.has(tag))
  );
}

/** "and a scarf" goes on with "add a hat"; "and make" begins something new. */
function isPause(tokens: Token[], at: number) {
  return tokens[at]?.tags.has("AND") === true;
}

function isEmpty(token: Token) {
  return (
    ["JOINING", "IMG", "AND", "DO_NOTHING"].some((tag) => token.tags.has(tag)) && token.number === undefined
  );
}
