import "server-only";
import { eq, sql } from "drizzle-orm";
import { db, type Queryable } from "@/db";
import { connections } from "@/db/schema/connections";
import { env } from "@/lib/env";
import { idSchema } from "@/lib/ids";
import { ENV_CONNECTION, STUDIO_CONNECTION } from "../constants";
import { type StartLimits, startLimits } from "../start-limits";
import type { Dialect } from "../types";

/**
 * Gives a connection its limiter when it has none yet (startLimits). The built-in model needs none, and a key that
 * nobody has gets none. What the environment names for its own connection wins over what was assumed or typed before;
 * what a provider told stays until the connection leads to another provider.
 */
export async function ensureLimits(key: string, tx: Queryable = db()): Promise<void> {
  if (key === STUDIO_CONNECTION) return;
  const provider = await providerOf(key, tx);
  if (!provider) return;
  const from = `${provider.dialect} ${provider.baseUrl ?? ""}`.trim();
  const start = startLimits({ key, dialect: provider.dialect });
  await tx.execute(sql`
    insert into limits (connection, in_flight, max_in_flight, images_per_minute, requests_per_minute, rate_source,
      learned_from)
    values (${key}, ${start.inFlight}, ${start.maxInFlight}, ${start.imagesPerMinute}, ${start.requestsPerMinute},
      ${start.rateSource}, ${from})
    on conflict (connection) do nothing`);
  await forgetOther(tx, { key, from, start });
  if (key === ENV_CONNECTION) await applyEnvironment(tx);
}

/** What another provider told or was found to take says nothing about this one. What a person typed stays. */
async function forgetOther(
  tx: Queryable,
  { key, from, start }: { key: string; from: string; start: StartLimits },
): Promise<void> {
  const typed = sql`rate_source = 'set'`;
  await tx.execute(sql`
    update limits set learned_from = ${from}, updated_at = now(),
      in_flight = ${start.inFlight}, clean_answers = 0, recent = 0, answers = 0,
      blocked_until = null, blocked_why = null,
      max_in_flight = case when ${typed} then max_in_flight else ${start.maxInFlight} end,
      images_per_minute = case when ${typed} then images_per_minute else ${start.imagesPerMinute} end,
      requests_per_minute = case when ${typed} then requests_per_minute else ${start.requestsPerMinute} end,
      rate_source = case when ${typed} then rate_source else ${start.rateSource} end
    where connection = ${key} and learned_from <> ${from}`);
  await tx.execute(sql`
    update limits set learned_from = ${from} where connection = ${key} and learned_from is null`);
}

async function applyEnvironment(tx: Queryable): Promise<void> {
  const { OPENAI_IMAGES_PER_MINUTE, OPENAI_REQUESTS_PER_MINUTE, OPENAI_IN_FLIGHT } = env();
  if (OPENAI_IMAGES_PER_MINUTE !== undefined) {
    await tx.execute(sql`
      update limits set images_per_minute = ${OPENAI_IMAGES_PER_MINUTE}, rate_source = 'set', updated_at = now()
      where connection = ${ENV_CONNECTION} and rate_source in ('default', 'set')
        and (images_per_minute, rate_source) is distinct from (${OPENAI_IMAGES_PER_MINUTE}::float8, 'set')`);
  }
  if (OPENAI_REQUESTS_PER_MINUTE !== undefined) {
    await tx.execute(sql`
      update limits set requests_per_minute = ${OPENAI_REQUESTS_PER_MINUTE}, updated_at = now()
      where connection = ${ENV_CONNECTION} and rate_source <> 'told'
        and requests_per_minute is distinct from ${OPENAI_REQUESTS_PER_MINUTE}::float8`);
  }
  if (OPENAI_IN_FLIGHT !== undefined) {
    await tx.execute(sql`
      update limits set max_in_flight = ${OPENAI_IN_FLIGHT}, in_flight = least(in_flight, ${OPENAI_IN_FLIGHT}),
        updated_at = now()
      where connection = ${ENV_CONNECTION} and max_in_flight <> ${OPENAI_IN_FLIGHT}`);
  }
}

type ProviderFacts = { dialect: Dialect; baseUrl: string | null };

async function providerOf(key: string, tx: Queryable): Promise<ProviderFacts | null> {
  if (key === ENV_CONNECTION) {
    const { OPENAI_DIALECT, OPENAI_BASE_URL } = env();
    return { dialect: OPENAI_DIALECT, baseUrl: OPENAI_BASE_URL ?? null };
  }
  if (!idSchema.safeParse(key).success) return null;
  const [row] = await tx
    .select({ dialect: connections.dialect, baseUrl: connections.baseUrl })
    .from(connections)
    .where(eq(connections.id, key));
  return row ?? null;
}
