import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import { makeWorkerUtils } from "graphile-worker";
import postgres from "postgres";

const FOLDER = join(process.cwd(), "db", "migrations");
const LOCK = 727_272;

/**
 * Brings the tables and the queue of a database to this version. Safe to run by several processes at once
 * and again after one was killed half way: one at a time holds the lock, and each migration is a transaction.
 * `url` must be a direct connection, not a transaction pooler, because the lock belongs to the connection.
 */
export async function migrate(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: "migrate" } });
  try {
    await client`select pg_advisory_lock(${LOCK})`;
    await runMigrations(drizzle(client), { migrationsFolder: FOLDER });
    const queue = await makeWorkerUtils({ connectionString: url });
    try {
      await queue.migrate();
    } finally {
      await queue.release();
    }
  } finally {
    // The lock goes with the connection.
    await client.end({ timeout: 5 });
  }
}
