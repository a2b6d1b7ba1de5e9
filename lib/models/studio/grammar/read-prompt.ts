import type { EditPlan, UnknownPart } from "@/lib/models/studio/edit-plan";
import { abilitiesSentence } from "./abilities";
import { hintFor } from "./hints";
import { merge } from "./merge";
import { type Run, scan } from "./scan";
import { type Token, tagTokens } from "./tag";
import { tokenise } from "./tokens";

const EMPTY_VERBS = new Set(["make", "get", "have", "give", "use", "create", "generate", "render", "show"]);

/**
 * Turns a prompt into edits. Pure, linear in the length of the prompt, never throws. Words that no edit stands for
 * come back in `unknown` in the person's own spelling; an empty prompt is an empty plan.
 */
export function readPrompt(prompt: string): EditPlan {
  return readCounting(prompt).plan;
}

/**
 * The plan with two facts about the reading: `work` counts comparisons of rules and phrases with words (it grows with
 * the length of the prompt, not faster), `nouns` are the things named that were taken to be the subject.
 */
export function readCounting(prompt: string): { plan: EditPlan; work: number; nouns: string[] } {
  const { tokens, work: tagging } = tagTokens(tokenise(prompt));
  const { drafts, unknown, nouns, work: matching } = scan(tokens);
  const { ops, warnings, refused } = merge(drafts);
  const parts = joinRuns(
    unknown.filter((run) => hasContent(run, tokens)),
    tokens,
  ).map((run) => toPart(run, tokens, prompt));
  const plan = { ops, unknown: [...parts, ...refused], warnings };
  return { plan: saysNothing(plan, prompt) ? silent(prompt, tokens) : plan, work: tagging + matching, nouns };
}

function saysNothing({ ops, unknown, warnings }: EditPlan, prompt: string) {
  return ops.length + unknown.length + warnings.length === 0 && prompt.trim() !== "";
}

/** Only signs or numbers the rules skip: unknown. Only "keep it" or "high quality": fine, and said so. */
function silent(prompt: string, tokens: Token[]): EditPlan {
  if (tokens.length === 0 && !/\p{L}/u.test(prompt)) {
    return { ops: [], unknown: [{ text: prompt.trim(), hint: abilitiesSentence() }], warnings: [] };
  }
  return { ops: [], unknown: [], warnings: ["nothing in this prompt changes the picture"] };
}

/** "add a hat, a scarf and gloves" is one wish: pieces that begin without a verb join the piece before. */
function joinRuns(runs: Run[], tokens: Token[]): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && goesOn(last, run, tokens)) last.to = run.to;
    else joined.push({ ...run });
  }
  return joined;
}

/** "Make it" of "make it look professional" asks for nothing. */
function hasContent(run: Run, tokens: Token[]) {
  return tokens
    .slice(run.from, run.to + 1)
    .some(({ word, tags }) => !EMPTY_VERBS.has(word) && !tags.has("IMG") && !tags.has("JOINING"));
}

function goesOn(last: Run, run: Run, tokens: Token[]) {
  if (tokens[run.from]?.tags.has("VERB") || run.from - last.to > 4) return false;
  const between = tokens.slice(last.to + 1, run.from);
  return between.every(({ tags, word }) => tags.get("SEP") === "soft" || (tags.has("AND") && word === "and"));
}

function toPart(run: Run, tokens: Token[], prompt: string): UnknownPart {
  let { to } = run;
  const isLoose = (token: Token | undefined) =>
    token?.tags.has("JOINING") === true || token?.tags.has("AND") === true || token?.word === "with";
  while (to > run.from && isLoose(tokens[to])) to--;
  const own = tokens.slice(run.from, to + 1);
  const text = prompt.slice(own[0]?.start ?? 0, own.at(-1)?.end ?? 0);
  return { text, hint: hintFor(own, text) };
}
