import "server-only";
import { eq, sql } from "drizzle-orm";
import { db, type Queryable } from "@/db";
import { connections } from "@/db/schema/connections";
import { env } from "@/lib/env";
import { idSchema } from "@/lib/ids";
import { ENV_CONNECTION, STUDIO_CONNECTION } from "../constants";
import { startLimits } from "../start-limits";
import type { Dialect } from "../types";

/**
 * Gives a connection its limiter when it has none yet (startLimits). The built-in model needs none, and a key that
 * nobody has gets none. What the environment names for its own connection wins over what was assumed or typed before;
 * what a provider told stays.
 */
export async function ensureLimits(key: string, tx: Queryable = db()): Promise<void> {
  if (key === STUDIO_CONNECTION) return;
  const dialect = await dialectOf(key, tx);
  if (!dialect) return;
  const start = startLimits({ key, dialect });
  await tx.execute(sql`
    insert into limits (connection, in_flight, max_in_flight, images_per_minute, requests_per_minute, rate_source)
    values (${key}, ${start.inFlight}, ${start.maxInFlight}, ${start.imagesPerMinute}, ${start.requestsPerMinute},
      ${start.rateSource})
    on conflict (connection) do nothing`);
  if (key === ENV_CONNECTION) await applyEnvironment(tx);
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

async function dialectOf(key: string, tx: Queryable): Promise<Dialect | null> {
  if (key === ENV_CONNECTION) return env().OPENAI_DIALECT;
  if (!idSchema.safeParse(key).success) return null;
  const [row] = await tx
    .select({ dialect: connections.dialect })
    .from(connections)
    .where(eq(connections.id, key));
  return row?.dialect ?? null;
}
