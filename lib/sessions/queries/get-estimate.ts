import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import type { Session } from "@/db/schema";
import { laneOf } from "@/lib/batches/lane-of";
import { cacheKeyOf } from "@/lib/items/cache-key";
import { resolveModel } from "@/lib/models/resolve";
import type { ImageModel, PriceRange } from "@/lib/models/types";
import { type Correction, correctionFor } from "@/lib/usage/queries/correction-for";
import { addPrices, correctedPrice, estimateMs, REMOTE_ITEM_MS } from "../estimate";
import { estimateWarnings } from "../estimate-warnings";
import type { ProviderSettings } from "../types";
import type { EstimateAnswer } from "../wire";
import { findSession } from "./find-session";
import { listUnits, type StepUnits, takenBy, type Unit } from "./list-units";
import { moneyLeft } from "./money-left";
import { startingSlots } from "./starting-slots";

/** One step of a draft with the model that would make it. */
type PlannedStep = StepUnits & { model: ImageModel; correction: Correction };

/**
 * What a session would cost and take if all its ready images were made now; undefined when it is not that person's,
 * null when its model or the way to it is gone. Works out the same prices that are reserved later.
 */
export async function getEstimate({
  sessionId,
  userId,
}: {
  sessionId: string;
  userId: string;
}): Promise<EstimateAnswer | null | undefined> {
  const session = await findSession({ sessionId, userId });
  if (!session) return undefined;
  const steps = await planSteps(session);
  if (!steps) return null;
  const [made, left, slots] = await Promise.all([
    Promise.all(steps.map((step) => withoutMade(session, step))),
    moneyLeft(session),
    startingSlots(session),
  ]);
  const priced = made.map((step) => ({ ...step, price: priceOf(step, step.settings.provider) }));
  const price = addPrices(priced.map((step) => step.price));
  const items = steps.reduce((sum, { units }) => sum + units.length, 0);
  const paidFor = made.reduce((sum, { units }) => sum + units.length, 0);
  const [first] = made;
  return {
    items,
    reused: items - paidFor,
    price,
    exact: price.min === price.max,
    each: mean(price, paidFor),
    byQuality: first ? pricesByQuality(first) : {},
    ms: timeOf(made, slots),
    later: halfPriced(priced),
    slots,
    budgetLeft: left.budget,
    monthLeft: left.month,
    warnings: estimateWarnings({
      items: paidFor,
      price,
      budgetLeft: left.budget,
      monthLeft: left.month,
      usual: left.usual,
      crowded: countCrowded(steps),
      maxInputs: Math.min(...steps.map(({ model }) => model.capabilities.maxInputs)),
    }),
  };
}

function halfPriced(steps: readonly (PlannedStep & { price: PriceRange })[]): EstimateAnswer["later"] {
  const later = steps.filter(({ settings, model, units }) => {
    return units.length > 0 && laneOf(settings.lane, model) === "economy";
  });
  return {
    steps: later.length,
    items: later.reduce((sum, { units }) => sum + units.length, 0),
    price: addPrices(later.map(({ price }) => price)),
  };
}

async function planSteps(session: Session): Promise<PlannedStep[] | null> {
  const steps = await listUnits(session);
  const planned = await Promise.all(steps.map((step) => planStep(session.ownerId, step)));
  const whole = planned.filter((step) => step !== null);
  return whole.length === planned.length ? whole : null;
}

async function planStep(ownerId: string, step: StepUnits): Promise<PlannedStep | null> {
  const { connection, model: id, provider } = step.settings;
  const model = await resolveModel({ connection, model: id, ownerId });
  if (!model) return null;
  const correction = await correctionFor({
    ownerId,
    model: id,
    size: provider.size,
    quality: provider.quality,
  });
  return { ...step, model, correction };
}

/** The step with only those calls that were not made before with the same parts. */
async function withoutMade({ ownerId }: Session, step: PlannedStep): Promise<PlannedStep> {
  const { settings, model, units, fromEarlier } = step;
  if (!model.capabilities.paid || !settings.reuse || fromEarlier || units.length === 0) return step;
  const keys = units.map((unit) => keyOf(step, takenBy(model.capabilities, unit)));
  const rows = await db().execute<{ key: string }>(sql`
    select c.key from cache c join attempts a on a.id = c.attempt_id and a.image_id is not null
    where c.owner_id = ${ownerId}
      and c.key in (select jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb))`);
  const made = new Set(rows.map(({ key }) => key));
  return { ...step, units: units.filter((_, at) => !made.has(keys[at] ?? "")) };
}

function keyOf({ settings }: PlannedStep, { prompt, source, references, mask }: Unit): string {
  const { connection, model, provider, output } = settings;
  return cacheKeyOf({
    connection,
    model,
    prompt,
    source: source?.sha256 ?? null,
    references: references.map(({ sha256 }) => sha256),
    mask: mask?.sha256 ?? null,
    provider,
    output,
    variant: 1,
  });
}

function priceOf(
  { model, units, correction, settings: { lane } }: PlannedStep,
  provider: ProviderSettings,
): PriceRange {
  const prices = units.map((unit) => {
    const { prompt, source, references, mask } = takenBy(model.capabilities, unit);
    const inputs = [...(source ? [source] : []), ...references];
    return model.price({ provider, promptChars: prompt.length, inputs, masked: mask !== null, lane });
  });
  return correctedPrice(addPrices(prices), correction);
}

/** What one image would cost in each quality, from the first hundred. What was learned is about one quality only. */
function pricesByQuality(step: PlannedStep): EstimateAnswer["byQuality"] {
  const { model, settings } = step;
  const some = { ...step, units: step.units.slice(0, 100), correction: { ...step.correction, samples: 0 } };
  const prices = model.capabilities.qualities.map((quality) => [
    quality,
    mean(priceOf(some, { ...settings.provider, quality }), some.units.length),
  ]);
  return some.units.length === 0 ? {} : Object.fromEntries(prices);
}

function mean({ min, max }: PriceRange, count: number): PriceRange {
  if (count === 0) return { min: 0, max: 0 };
  return { min: Math.round(min / count), max: Math.round(max / count) };
}

function timeOf(steps: readonly PlannedStep[], slots: EstimateAnswer["slots"]): number {
  const times = steps.map(({ model, units, correction }) =>
    estimateMs({
      items: units.length,
      parallel: slots.atOnce,
      perItemMs: model.isolated ? undefined : (correction.tookMs ?? REMOTE_ITEM_MS),
      units: units.reduce((sum, unit) => sum + imagesIn(takenBy(model.capabilities, unit)), 0),
      perMinute: slots.perMinute,
    }),
  );
  return times.reduce((sum, ms) => sum + ms, 0);
}

/** What a call counts for at the provider. */
function imagesIn({ source, references }: Unit): number {
  return Math.max(1, (source ? 1 : 0) + references.length);
}

function countCrowded(steps: readonly PlannedStep[]): number {
  const [first] = steps;
  if (!first || first.model.isolated) return 0;
  const { capabilities } = first.model;
  return first.units.filter((unit) => takenBy(capabilities, unit).references.length < unit.references.length)
    .length;
}
