import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { db } from "@/db";
import { type Attempt, attempts, items } from "@/db/schema";
import type { BegunAttempt } from "../mutations/begin-attempt";
import { planAttempt } from "../plan-attempt";
import { type ItemFacts, itemFacts } from "./item-facts";

export type AttemptToMake = NonNullable<Awaited<ReturnType<typeof attemptToMake>>>;

/**
 * An attempt of this lease with all it is made with; null when the lease or the attempt is over. One that is `answered`
 * needs no pictures any more.
 */
export async function attemptToMake(
  { attemptId, leaseToken }: Pick<BegunAttempt, "attemptId" | "leaseToken">,
  { answered = false } = {},
) {
  const [row] = await db()
    .select({
      attempt: attempts,
      itemId: items.id,
      fresh: items.fresh,
      units: items.imageUnits,
    })
    .from(attempts)
    .innerJoin(items, eq(items.id, attempts.itemId))
    .where(
      and(
        eq(attempts.id, attemptId),
        eq(attempts.outcome, "sending"),
        eq(items.leaseToken, leaseToken),
        eq(items.status, "running"),
      ),
    );
  const now =
    row &&
    (await itemFacts(row.itemId, {
      fedBy: row.attempt.fedBy,
      received: row.attempt.received ?? answered,
    }));
  if (!row || !now) return null;
  const facts = asBegun(now, row.attempt);
  return {
    ...row.attempt,
    settings: facts.settings,
    fresh: row.fresh,
    variant: facts.item.variant,
    hasSource: facts.hasSource,
    source: facts.source,
    ...(await planAttempt(facts)),
    units: row.units,
  };
}

/** What was written down when it began is what is made, whatever its step says by now. */
function asBegun(facts: ItemFacts, { prompt, connection, model, settings }: Attempt): ItemFacts {
  const { output, provider = facts.settings.provider } = settings;
  return { ...facts, prompt, settings: { ...facts.settings, connection, model, output, provider } };
}

/** A result made before from the same bytes, prompt and parameters, for the same owner. */
export async function findReusable({
  ownerId,
  cacheKey,
}: {
  ownerId: string;
  cacheKey: string;
}): Promise<{ imageId: string; from: string; modelVersion: string | null } | null> {
  const [row] = await db().execute<{ image_id: string; id: string; model_version: string | null }>(sql`
    select a.id, a.image_id, a.model_version from cache c
    join attempts a on a.id = c.attempt_id and a.owner_id = c.owner_id
    join images i on i.id = a.image_id
    where c.owner_id = ${ownerId} and c.key = ${cacheKey}`);
  return row ? { imageId: row.image_id, from: row.id, modelVersion: row.model_version } : null;
}
