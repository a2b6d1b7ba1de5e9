import { isInBatch } from "@/components/batches/economy-items";
import type { ItemStatus } from "@/db/schema/items";
import { isSettled } from "@/lib/items/status";
import { type ItemRow, untriedRow } from "@/lib/items/wire";
import type { ItemCounts } from "@/lib/sessions/wire";
import type { ChainStep } from "@/lib/steps/types";
import { needsOf, wireChain } from "@/lib/steps/wire-chain";

/** A result as a sheet shows it. `chain` is missing where a session has one step. */
export type SheetRow = ItemRow & { chain?: ChainState };

export type ChainState = {
  /** Steps of the chain. */
  of: number;
  /** The earlier step it waits for: the one under way, or the first of those in line. */
  behind: { place: number; itemId: string; status: ItemStatus; inBatch: boolean } | null;
  /** Its step has not run for this image: there is no such result. */
  absent: boolean;
};

/** What came of one input. What is asked of all inputs at every change is worked out once an input. */
export type InputResults = {
  position: number;
  /** One for every place, made up where the step has not run. */
  rows: readonly SheetRow[];
  /** Ids of those that wait for a slot, not for an earlier step nor a batch. */
  inLine: readonly string[];
  lacking: Lacking;
};

/** Results that enabled steps lack although nothing is on its way: out of date, and never made. */
export type Lacking = { stale: number; absent: number };

/** The results of a session by input. Inputs that took no part in a run are not in it. */
export type Chains = { byInput: ReadonlyMap<string, InputResults>; order: readonly string[] };

/** All of it anew; null for a session of one step, whose results are its tiles. */
export function chainsOf(items: ReadonlyMap<string, ItemRow>, steps: readonly ChainStep[]): Chains | null {
  if (steps.length < 2) return null;
  return withRows({ byInput: new Map(), order: [] }, [...items.values()], steps);
}

/** The same with changed rows. Inputs without a change keep their identity. */
export function withRows(
  { byInput, order }: Chains,
  changed: readonly ItemRow[],
  steps: readonly ChainStep[],
): Chains {
  if (changed.length === 0) return { byInput, order };
  const next = new Map(byInput);
  const feeders = feedersOf(steps);
  const groups = new Map<string, ItemRow[]>();
  for (const row of changed) {
    const group = groups.get(row.inputId);
    if (group) group.push(row);
    else groups.set(row.inputId, [row]);
  }
  for (const [inputId, rows] of groups)
    next.set(inputId, resultsOf(byInput.get(inputId), rows, { steps, feeders }));
  return { byInput: next, order: next.size === order.length ? order : inOrder(next) };
}

function inOrder(byInput: ReadonlyMap<string, InputResults>): readonly string[] {
  return [...byInput].sort(([, a], [, b]) => a.position - b.position).map(([inputId]) => inputId);
}

/** By place: the steps whose results a step needs, directly or through others. */
export function feedersOf(steps: readonly ChainStep[]): number[][] {
  const all: number[][] = [];
  for (const fedBy of wireChain(steps)) {
    const needs = needsOf(fedBy);
    all.push([...new Set(needs.flatMap((place) => [place, ...(all[place - 1] ?? [])]))]);
  }
  return all;
}

function resultsOf(
  before: InputResults | undefined,
  changed: readonly ItemRow[],
  { steps, feeders }: { steps: readonly ChainStep[]; feeders: readonly number[][] },
): InputResults {
  const known = before?.rows.filter(({ chain }) => !chain?.absent) ?? [];
  const byPlace = new Map<number, ItemRow>([...known, ...changed].map((row) => [row.stepPosition, row]));
  const [{ position = 0, inputId = "" } = {}] = changed;
  const rows = feeders.map((needs, at): SheetRow => {
    const row = byPlace.get(at + 1);
    const behind = row && !isSettled(row.status) ? heldUpBy(needs, byPlace) : null;
    const chain = { of: feeders.length, behind, absent: row === undefined };
    return { ...(row ?? absentRow({ inputId, position, place: at + 1 })), chain };
  });
  const inLine = rows.flatMap(({ id, status, lane, chain }) =>
    status === "queued" && lane === "live" && !chain?.behind ? [id] : [],
  );
  return { position, rows, inLine, lacking: lackingIn(rows.filter((_, at) => steps[at]?.enabled)) };
}

function lackingIn(rows: readonly SheetRow[]): Lacking {
  const absent = rows.filter(({ chain }) => chain?.absent).length;
  return { absent, stale: rows.filter(isOutOfDate).length };
}

function heldUpBy(needs: readonly number[], byPlace: ReadonlyMap<number, ItemRow>): ChainState["behind"] {
  const open = needs
    .flatMap((place) => {
      const row = byPlace.get(place);
      return row && !isSettled(row.status)
        ? [{ place, itemId: row.id, status: row.status, inBatch: isInBatch(row) }]
        : [];
    })
    .sort((a, b) => a.place - b.place);
  return open.findLast(({ status }) => status === "running") ?? open[0] ?? null;
}

function absentRow({ inputId, position, place }: { inputId: string; position: number; place: number }) {
  const id = `${inputId} ${place}`;
  return untriedRow({ id, inputId, position, stepPosition: place, status: "cancelled" });
}

/**
 * The step whose results stand for the session: the last enabled one that ran (as lib/steps/queries/last-step.ts has
 * it for links and downloads), or that will be the last.
 */
export function lastPlace(steps: readonly ChainStep[], chains: Chains | null): number {
  const enabled = steps.flatMap((step, at) => (step.enabled ? [at + 1] : [])).reverse();
  const ran = enabled.find((place) => chains?.order.some((inputId) => hasRun(chains, inputId, place)));
  return ran ?? enabled[0] ?? steps.length;
}

function hasRun({ byInput }: Chains, inputId: string, place: number): boolean {
  return byInput.get(inputId)?.rows[place - 1]?.chain?.absent === false;
}

/** How many inputs stand where on their way to a step; `absent`: it has not run for them. */
export function countsAt(chains: Chains, place: number): { counts: ItemCounts; absent: number } {
  const counts = { ...NONE };
  let absent = 0;
  for (const { rows } of chains.byInput.values()) {
    const row = rows[place - 1];
    if (!row || row.chain?.absent) absent += 1;
    else counts[row.chain?.behind?.status ?? row.status] += 1;
  }
  return { counts, absent };
}

const NONE: ItemCounts = {
  queued: 0,
  running: 0,
  waiting: 0,
  completed: 0,
  reused: 0,
  failed: 0,
  blocked: 0,
  cancelled: 0,
  unmet: 0,
};

export function lackingOf({ byInput }: Chains): Lacking {
  let [stale, absent] = [0, 0];
  for (const { lacking } of byInput.values()) {
    stale += lacking.stale;
    absent += lacking.absent;
  }
  return { stale, absent };
}

/** It shows a picture that its step would not make any more, and no newer one is on its way. */
export function isOutOfDate({
  stale,
  imageId,
  status,
}: Pick<ItemRow, "stale" | "imageId" | "status">): boolean {
  return stale && imageId !== null && isSettled(status);
}
