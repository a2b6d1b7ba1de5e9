import { ORIGINAL } from "@/lib/steps/constants";
import { wireChain } from "@/lib/steps/wire-chain";

/** Whose picture goes where. Places, 0 the original; `to` is always the later one. */
export type ChainLine = {
  from: number;
  to: number;
  kind: "source" | "reference";
  /** Null: straight to the neighbour. Else it passes others by, and lines that would cross have different lanes, from 0. */
  lane: number | null;
};

type Wired = { source: number; references: readonly number[]; enabled: boolean };

/** The lines of a chain as it would run: disabled steps are passed by and have none. */
export function chainLines(steps: readonly Wired[]): ChainLine[] {
  const lines = wireChain(steps).flatMap((fedBy, at) => (steps[at]?.enabled ? linesInto(at + 1, fedBy) : []));
  const taken: ChainLine[] = [];
  for (const line of lines.toSorted((a, b) => a.to - a.from - (b.to - b.from))) {
    taken.push(isStraight(line) ? line : { ...line, lane: freeLane(line, taken) });
  }
  return taken.sort((a, b) => a.to - b.to || a.from - b.from);
}

/** How many lanes are needed. */
export function lanesOf(lines: readonly ChainLine[]): number {
  return Math.max(0, ...lines.map(({ lane }) => (lane === null ? 0 : lane + 1)));
}

function linesInto(to: number, [source = ORIGINAL, ...references]: readonly number[]): ChainLine[] {
  return [
    { from: source, to, kind: "source", lane: null },
    ...references.map((from) => ({ from, to, kind: "reference", lane: null }) as const),
  ];
}

function isStraight({ from, to, kind }: ChainLine): boolean {
  return kind === "source" && to - from === 1;
}

function freeLane(line: ChainLine, taken: readonly ChainLine[]): number {
  const crossed = new Set(
    taken.flatMap(({ from, to, lane }) => (lane !== null && from < line.to && line.from < to ? lane : [])),
  );
  let lane = 0;
  while (crossed.has(lane)) lane += 1;
  return lane;
}
