import { MAX_STEPS, ORIGINAL } from "./constants";
import type { ChainStep } from "./types";

/** A chain after an edit, and the places in it whose source or references had to change for it. */
export type EditedChain = { chain: ChainStep[]; repointed: number[] };

export type NewStep = Partial<Omit<ChainStep, "id">> & { id: string };

/** Adds a step behind the one at `after` (its place; the end by default), working on that one's output. */
export function addStep(chain: readonly ChainStep[], step: NewStep, after = chain.length): EditedChain {
  if (chain.length >= MAX_STEPS) return unchanged(chain);
  const fresh: ChainStep = {
    prompt: "",
    settings: null,
    references: [],
    enabled: true,
    source: after,
    ...step,
  };
  return rewire(chain, [...chain.slice(0, after), fresh, ...chain.slice(after)]);
}

/** A copy right behind it, working on the same picture. */
export function duplicateStep(chain: readonly ChainStep[], place: number, id: string): EditedChain {
  const step = chain[place - 1];
  if (!step) return unchanged(chain);
  return addStep(chain, { ...step, id }, place);
}

/** Takes a step out; steps that worked on it go on with what it worked on. */
export function removeStep(chain: readonly ChainStep[], place: number): EditedChain {
  if (chain.length <= 1) return unchanged(chain);
  return rewire(
    chain,
    chain.filter((_, at) => at !== place - 1),
  );
}

/** Moves a step to another place. A step that would come before its own source gets the one now before it. */
export function moveStep(chain: readonly ChainStep[], place: number, to: number): EditedChain {
  const step = chain[place - 1];
  if (!step || to < 1 || to > chain.length || to === place) return unchanged(chain);
  const others = chain.filter((_, at) => at !== place - 1);
  return rewire(chain, [...others.slice(0, to - 1), step, ...others.slice(to - 1)]);
}

/** Changes what a step asks for or works on. */
export function replaceStep(
  chain: readonly ChainStep[],
  place: number,
  change: Partial<Omit<ChainStep, "id">>,
): EditedChain {
  return {
    chain: chain.map((step, at) => (at === place - 1 ? { ...step, ...change } : step)),
    repointed: [],
  };
}

function unchanged(chain: readonly ChainStep[]): EditedChain {
  return { chain: [...chain], repointed: [] };
}

/**
 * Steps of `chain` in a new order: places in sources and references follow the steps they meant. What a removed step
 * gave is taken from that step's own source; what would now come too late, from the step right before.
 */
function rewire(chain: readonly ChainStep[], order: readonly ChainStep[]): EditedChain {
  const placeOf = new Map(order.map(({ id }, at) => [id, at + 1]));
  const oldPlace = new Map(chain.map(({ id }, at) => [id, at + 1]));
  const follow = (place: number): number => {
    const meant = chain[place - 1];
    if (!meant) return ORIGINAL;
    return placeOf.get(meant.id) ?? follow(meant.source);
  };
  const repointed: number[] = [];
  const rewired = order.map((step, at) => {
    const place = at + 1;
    // A step that is new names places of the old chain too.
    const wanted = [step.source, ...step.references].map(follow);
    const [source = ORIGINAL, ...references] = wanted.map((used) => (used < place ? used : place - 1));
    const meant = [step.source, ...step.references].map((used) => chain[used - 1]?.id ?? null);
    const now = [source, ...references].map((used) => order[used - 1]?.id ?? null);
    if (oldPlace.has(step.id) && meant.some((id, index) => id !== now[index])) repointed.push(place);
    return { ...step, source, references: [...new Set(references)].filter((used) => used !== source) };
  });
  return { chain: rewired, repointed };
}
