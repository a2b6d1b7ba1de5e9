import { makePgArray, parsePgArray } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { env } from "@/lib/env";
import { admit } from "./admission";
import { guardTransactions } from "./guard-transactions";
import { prepareStatements } from "./prepare-statements";
import * as schema from "./schema";

export type Database = PostgresJsDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** A query runs on either: inside a transaction when one is given. */
export type Queryable = Database | Transaction;

// Next loads this module several times in one process; only globalThis is common to them.
const shared = globalThis as typeof globalThis & { contactSheetDb?: { client: postgres.Sql; db: Database } };

/** The pool and drizzle over it, made at first use. */
export function db(): Database {
  shared.contactSheetDb ??= connect(env().DATABASE_URL, env().DATABASE_POOL);
  return shared.contactSheetDb.db;
}

export async function closeDb(): Promise<void> {
  const open = shared.contactSheetDb;
  shared.contactSheetDb = undefined;
  await open?.client.end({ timeout: 5 });
}

/** Ids of text[], varchar[] and uuid[] in every Postgres. */
const TEXT_ARRAY = 1009;
const ARRAYS = [TEXT_ARRAY, 1015, 2951];

/** Arrays of drizzle's own columns come written already. */
function writeArray(value: string | unknown[]): string {
  return typeof value === "string" ? value : makePgArray(value);
}

const NAME = { application_name: "contact-sheet" };
/** Of a session, ms (R88). */
const timeouts = () => ({
  statement_timeout: env().ROLE === "worker" ? 60_000 : 10_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 30_000,
});
/** How long a request, and a job, waits for a free connection (R88). */
const PATIENCE_MS = 3_000;
const WORKER_PATIENCE_MS = 60_000;
/** A plan for any value would not know the partial indexes, nor how full a session is. */
const PLANS = { plan_cache_mode: "force_custom_plan" };
/** A pooler hands each transaction to another session: nothing may be prepared in one, and settings are refused. */
const POOLED = { prepare: false, connection: NAME };

function connect(url: string, max: number) {
  const pooled = env().DATABASE_POOLER === "transaction";
  const client = guardTransactions(
    prepareStatements(
      admit(
        postgres(url, {
          max,
          // A server on demand that slept takes some seconds to wake; one that is not there refuses at once.
          connect_timeout: 10,
          idle_timeout: 60,
          max_lifetime: 60 * 30,
          onnotice: () => {},
          // Asked for at every new connection they end the process when that one breaks meanwhile: nobody catches it.
          fetch_types: false,
          types: { arrays: { to: TEXT_ARRAY, from: ARRAYS, parse: parsePgArray, serialize: writeArray } },
          ...(pooled ? POOLED : { connection: { ...NAME, ...timeouts(), ...PLANS } }),
        }),
        { connections: max, patienceMs: env().ROLE === "worker" ? WORKER_PATIENCE_MS : PATIENCE_MS },
      ),
    ),
  );
  return { client, db: drizzle(client, { schema, casing: "snake_case" }) };
}
