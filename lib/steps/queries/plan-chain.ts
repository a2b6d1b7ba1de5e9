import "server-only";
import { db, type Queryable } from "@/db";
import type { Session } from "@/db/schema";
import type { Wanted } from "../mutations/queue-cells";
import { planRun, type RunRequest } from "../plan-run";
import type { ChainRun } from "../types";
import { type CellRow, listCells } from "./list-cells";
import { type ChainRow, listChain, wiredSteps } from "./list-chain";

export type ChainPlan = {
  steps: ChainRow[];
  wanted: Wanted[];
  /** Of all inputs together, in order. */
  places: number[];
};

/** What a run of a started session would make; null when its step is switched off or gone. */
export async function planChain(
  session: Session,
  { run, inputIds }: { run: ChainRun; inputIds?: string[] },
  on: Queryable = db(),
): Promise<ChainPlan | null> {
  const steps = await listChain(session.id, on);
  const request = requestOf(run, steps);
  if (!request) return null;
  const rows = await listCells(on, { sessionId: session.id, length: steps.length, inputIds });
  return planCells(session, { steps, rows }, () => [request]);
}

/** Places of the steps that the first run of a draft makes. */
export function firstPlaces(session: Session, steps: readonly ChainRow[], run: ChainRun): number[] {
  const request = requestOf(run, steps);
  const cells = steps.map(() => null);
  return request ? planRun(wiredSteps(session, steps), cells, request).places : [];
}

/** The same with requests of their own for every input. */
export function planCells(
  session: Session,
  { steps, rows }: { steps: ChainRow[]; rows: readonly CellRow[] },
  requestsFor: (row: CellRow) => RunRequest[],
): ChainPlan {
  const wired = wiredSteps(session, steps);
  const wanted = rows
    .map((row) => {
      const plans = requestsFor(row).map((request) => planRun(wired, row.cells, request));
      return { row, plan: { places: union(plans, "places"), anew: union(plans, "anew") } };
    })
    .filter(({ plan }) => plan.places.length > 0);
  return {
    steps,
    wanted,
    places: union(
      wanted.map(({ plan }) => plan),
      "places",
    ),
  };
}

function union(plans: readonly Wanted["plan"][], key: keyof Wanted["plan"]): number[] {
  return [...new Set(plans.flatMap((plan) => plan[key]))].sort((a, b) => a - b);
}

function requestOf(run: ChainRun, steps: readonly ChainRow[]): RunRequest | null {
  if (run.kind === "all") return run;
  const step = steps.find(({ id }) => id === run.stepId);
  return step?.enabled ? { kind: run.kind, place: step.position } : null;
}
