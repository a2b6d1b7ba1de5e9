import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { inject } from "vitest";
import { forgetEnv } from "@/lib/env";
import { closeDb, type Database, db } from ".";

export type TestDb = {
  /** postgres:// address of a migrated, empty database of this test's own. */
  url: string;
  /** The same drizzle database that `db()` returns while it is open. */
  db: Database;
  /** Folder that DATA_DIR names meanwhile. */
  dataDir: string;
  /** Gives the database to the next test file, and removes the folder. */
  close(): Promise<void>;
};

/** Databases of this process as empty as a copy: emptying one takes 30 ms, making and dropping one 120. */
const empty: URL[] = [];

/**
 * An empty, migrated database, with `db()` and the environment of this process pointed at it.
 * One at a time in a process: call it in `beforeAll`, `close` in `afterAll`.
 */
export async function createTestDb(): Promise<TestDb> {
  const url = empty.pop() ?? (await copyTemplate());
  const dataDir = mkdtempSync(join(tmpdir(), "contact-sheet-data-"));
  await closeDb();
  Object.assign(process.env, {
    DATABASE_URL: url.href,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
    NEXTAUTH_URL: "http://localhost:3000",
    DATA_DIR: dataDir,
    // A worker's patience with the database (R88): others compute beside the tests.
    ROLE: "worker",
  });
  forgetEnv();
  return {
    url: url.href,
    db: db(),
    dataDir,
    close: async () => {
      await closeDb();
      if (await becomesEmpty(url)) empty.push(url);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function copyTemplate(): Promise<URL> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const admin = inject("adminUrl");
  await connected(admin, (sql) =>
    sql.unsafe(`create database ${name} template ${inject("templateName")} strategy file_copy`),
  );
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return url;
}

/**
 * Without rows and other connections. False when a test gave it more than rows, or so many that it is no longer quick:
 * nobody uses it again, and it goes with the server at the end of the run.
 */
async function becomesEmpty(url: URL): Promise<boolean> {
  return connected(url.href, async (sql) => {
    await sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    if ((await shapeOf(sql)) !== inject("templateShape")) return false;
    const [tables] = await sql.unsafe(`select max(pg_total_relation_size(oid)) as largest from pg_class
      where relkind = 'r' and ${OURS}`);
    if (Number(tables?.largest) > FEW_BYTES) return false;
    await sql.unsafe(`
      do $$ declare name regclass; begin
        -- No order of the tables would suit all foreign keys.
        set local session_replication_role = replica;
        for name in select oid from pg_class where relkind = 'r' and relname <> 'migrations' and ${OURS} loop
          execute format('delete from %s', name);
        end loop;
        perform setval(oid::regclass, 1, false) from pg_class where relkind = 'S' and ${OURS};
      end $$`);
    return true;
  });
}

const FEW_BYTES = 1_000_000;
/** Where tests leave rows: our tables, and the queue's. */
const OURS = "relnamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace)";

/**
 * What there is besides rows: changes with any table, column, index, trigger, function or schema. Ids below 16384 are
 * those of Postgres itself.
 */
export async function shapeOf(sql: postgres.Sql): Promise<string> {
  const [row] = await sql`select concat_ws(' ',
    (select string_agg(oid::text, ',' order by oid) from pg_namespace where nspname !~ '^pg_(temp|toast)'),
    (select string_agg(oid || ':' || relnatts, ',' order by oid) from pg_class where oid >= 16384),
    (select string_agg(oid || tgenabled::text, ',' order by oid) from pg_trigger where not tgisinternal),
    (select string_agg(oid::text, ',' order by oid) from pg_constraint where oid >= 16384),
    (select string_agg(oid::text, ',' order by oid) from pg_proc where oid >= 16384)) as shape`;
  return String(row?.shape);
}

/** Over a connection of its own, closed again: a database somebody is connected to cannot be copied. */
export async function connected<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
