import "server-only";
import { db } from "@/db";
import type { Session } from "@/db/schema";
import { laneOf } from "@/lib/batches/lane-of";
import type { Lane } from "@/lib/batches/types";
import { resolveModel } from "@/lib/models/resolve";
import type { PriceRange } from "@/lib/models/types";
import { addPrices } from "@/lib/sessions/estimate";
import { findSession } from "@/lib/sessions/queries/find-session";
import { listPriceGroups, priceOfGroup } from "@/lib/sessions/queries/list-price-groups";
import { groupsFor } from "../step-groups";
import { withBase } from "../step-settings";
import type { ChainRun, RunPlan } from "../types";
import { baseOf, type ChainRow, listChain } from "./list-chain";
import { firstPlaces, planChain } from "./plan-chain";

/**
 * What a run of a session would make and cost, before anything is asked for; undefined when the session is not that
 * person's, null when the step is switched off or gone. Of a draft it is what its start would make.
 */
export async function getRunPlan(given: {
  sessionId: string;
  userId: string;
  run: ChainRun;
}): Promise<RunPlan | null | undefined> {
  const session = await findSession(given);
  if (!session) return undefined;
  const steps = await listChain(session.id);
  const counts = await countPlaces(session, steps, given.run);
  if (!counts) return null;
  const priced = await Promise.all(
    steps.map((step) => priceOf(session, step, counts.get(step.position) ?? 0)),
  );
  const later = priced.filter(({ items, lane }) => items > 0 && lane === "economy");
  return {
    items: [...counts.values()].reduce((sum, count) => sum + count, 0),
    steps: [...counts.keys()].sort((a, b) => a - b),
    price: addPrices(priced.map(({ price }) => price)),
    later: {
      steps: later.length,
      items: later.reduce((sum, { items }) => sum + items, 0),
      price: addPrices(later.map(({ price }) => price)),
    },
  };
}

/** How many results of each step a run would make, by place; null when its step is switched off or gone. */
async function countPlaces(
  session: Session,
  steps: readonly ChainRow[],
  run: ChainRun,
): Promise<Map<number, number> | null> {
  const counts = new Map<number, number>();
  const add = (place: number, count: number) => counts.set(place, (counts.get(place) ?? 0) + count);
  if (session.state === "draft") {
    const groups = await listPriceGroups(db(), session);
    const inputs = groups.reduce((sum, { items }) => sum + items, 0);
    for (const place of firstPlaces(session, steps, run)) add(place, inputs);
    return counts;
  }
  const plan = await planChain(session, { run });
  for (const one of plan?.wanted ?? []) for (const place of one.plan.places) add(place, 1);
  return plan && counts;
}

type PricedStep = { items: number; lane: Lane; price: PriceRange };

/** `count` results of a step, at the mean price of one over all inputs. */
async function priceOf(session: Session, step: ChainRow, count: number): Promise<PricedStep> {
  const free: PricedStep = { items: count, lane: "live", price: { min: 0, max: 0 } };
  if (count === 0) return free;
  const { prompt, settings } = withBase(baseOf(session), step);
  const { connection, model: id } = settings;
  const model = await resolveModel({ connection, model: id, ownerId: session.ownerId });
  if (!model?.capabilities.paid) return free;
  const groups = groupsFor(step, await listPriceGroups(db(), { id: session.id, prompt }), prompt);
  const items = groups.reduce((sum, group) => sum + group.items, 0);
  if (items === 0) return free;
  const total = (end: keyof PriceRange) =>
    groups.reduce((sum, group) => sum + group.items * priceOfGroup(model, group, settings)[end], 0);
  const price = {
    min: Math.round((total("min") / items) * count),
    max: Math.round((total("max") / items) * count),
  };
  return { items: count, lane: laneOf(settings.lane, model), price };
}
