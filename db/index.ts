import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { env } from "@/lib/env";
import { guardTransactions } from "./guard-transactions";
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

function connect(url: string, max: number) {
  const client = guardTransactions(
    postgres(url, {
      max,
      connect_timeout: 3,
      idle_timeout: 60,
      max_lifetime: 60 * 30,
      onnotice: () => {},
      connection: {
        application_name: "contact-sheet",
        statement_timeout: 10_000,
        lock_timeout: 5_000,
        idle_in_transaction_session_timeout: 30_000,
      },
    }),
  );
  return { client, db: drizzle(client, { schema, casing: "snake_case" }) };
}
