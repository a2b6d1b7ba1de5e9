import { ORIGINAL } from "./constants";

type Wired = { source: number; references: readonly number[]; enabled: boolean };

/**
 * Whose pictures go into each step once disabled steps are passed by: places, the source's first, then the
 * references' without repeats; 0 is the original. A disabled step hands on its own source.
 */
export function wireChain(steps: readonly Wired[]): number[][] {
  const standIn = (place: number): number => {
    const step = steps[place - 1];
    return step === undefined || step.enabled ? place : standIn(step.source);
  };
  return steps.map(({ source, references }) => {
    const first = standIn(source);
    const others = new Set(references.map(standIn));
    others.delete(first);
    return [first, ...others];
  });
}

/** Places of the steps that must be done before a step can run. */
export function needsOf(fedBy: readonly number[]): number[] {
  return fedBy.filter((place) => place !== ORIGINAL);
}

/** Places of the enabled steps whose pictures no other enabled step works on: the ends of the chain. */
export function endsOf(steps: readonly { enabled: boolean; fedBy: readonly number[] }[]): number[] {
  const used = new Set(steps.flatMap(({ enabled, fedBy }) => (enabled ? fedBy : [])));
  return steps.flatMap(({ enabled }, at) => (enabled && !used.has(at + 1) ? [at + 1] : []));
}
