import type { Facts } from "./audit/facts";
import { TARGETS, type Target } from "./types";

export type Figures = Record<string, string | number>;

/** The run in numbers, for a table. Times are ms since 1970, `seconds` apart. */
export function figuresOf(
  facts: Facts,
  more: { seconds: number; dropped: number; twice: number; answeredAt: number[] },
): Figures {
  const { size, items, attempts, calls, strikes } = facts;
  const killed = (target: Target) => strikes.filter((strike) => strike.target === target).length;
  const ended = (status: string) => items.filter((item) => item.status === status).length;
  const unknown = attempts.filter(({ charge }) => charge === "maybe");
  const results = attempts.flatMap(({ outcome, finishedAt }) =>
    outcome === "completed" && finishedAt ? [finishedAt.getTime()] : [],
  );
  return {
    seed: size.seed,
    kills: TARGETS.map((target) => `${killed(target)} ${target}`).join(", "),
    connectionsDropped: more.dropped,
    eventsTwice: more.twice,
    items: `${ended("completed")} completed, ${ended("failed")} failed, ${ended("blocked")} blocked`,
    calls: calls.length,
    refused429: calls.filter(({ status }) => status === 429).length,
    faults: calls.filter(({ fault }) => fault !== null).length,
    ambiguous: unknown.length,
    ofThemLostWithAWorker: unknown.filter(({ outcome }) => outcome === "lost").length,
    repeats: calls.length - new Set(calls.map(({ clientRequestId }) => itemOf(facts, clientRequestId))).size,
    seconds: Math.round(more.seconds),
    longestToNextResult: TARGETS.map((target) => longest(facts, target, results)).join(", "),
    longestWithoutPage: longest(facts, "web", more.answeredAt),
  };
}

function itemOf({ attempts }: Facts, attemptId: string | null): string | undefined {
  return attempts.find(({ id }) => id === attemptId)?.itemId;
}

/** Longest time from a kill to the next of the moments. */
function longest({ strikes }: Facts, target: Target, moments: number[]): string {
  const waits = strikes
    .filter((strike) => strike.target === target)
    .flatMap(({ at }) => {
      const later = moments.filter((moment) => moment > at);
      return later.length > 0 ? [Math.min(...later) - at] : [];
    });
  return `${(Math.max(0, ...waits) / 1000).toFixed(1)} s ${target}`;
}
