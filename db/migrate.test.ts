import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { migrate } from "./migrate";
import { createTestDb } from "./test-db";

const admin = postgres(inject("adminUrl"), { max: 2, onnotice: () => {} });
afterAll(() => admin.end());

async function emptyDatabase() {
  const name = `migrate_${randomBytes(6).toString("hex")}`;
  await admin.unsafe(`create database ${name}`);
  const url = new URL(inject("adminUrl"));
  url.pathname = `/${name}`;
  return url.href;
}

async function tablesOf(url: string) {
  const client = postgres(url, { max: 1 });
  const rows = await client<{ name: string }[]>`
    select table_schema || '.' || table_name as name from information_schema.tables
    where table_schema in ('public', 'graphile_worker') order by 1`;
  await client.end();
  return rows.map((row) => row.name);
}

describe("migrate", () => {
  it("makes the tables and the queue, and running it again changes nothing", async () => {
    const url = await emptyDatabase();
    await migrate(url);
    const first = await tablesOf(url);
    expect(first).toEqual(
      expect.arrayContaining(["public.sessions", "public.items", "graphile_worker.jobs"]),
    );
    await migrate(url);
    expect(await tablesOf(url)).toEqual(first);
  });

  it("lets six processes migrate one empty database at once", async () => {
    const url = await emptyDatabase();
    await Promise.all(Array.from({ length: 6 }, () => migrate(url)));
    expect(await tablesOf(url)).toContain("public.items");
  });

  it("finishes after a migrating process was killed", async () => {
    const url = await emptyDatabase();
    for (const delay of [350, 450, 600]) {
      const child = spawn(process.execPath, ["--import", "tsx", "scripts/prepare.ts"], {
        env: {
          ...process.env,
          DATABASE_URL: url,
          NEXTAUTH_SECRET: "a secret for the test, never used for more",
          NEXTAUTH_URL: "http://localhost:3000",
        },
        stdio: "ignore",
      });
      await sleep(delay);
      child.kill("SIGKILL");
    }
    await migrate(url);
    expect(await tablesOf(url)).toEqual(expect.arrayContaining(["public.items", "graphile_worker.jobs"]));
  });
});

describe("createTestDb", () => {
  let test: Awaited<ReturnType<typeof createTestDb>>;
  beforeAll(async () => {
    test = await createTestDb();
  });
  afterAll(() => test.close());

  it("points the database of this process at an empty, migrated copy", async () => {
    const { rows } = await readSessions();
    expect(rows).toBe(0);
    expect(process.env.DATABASE_URL).toBe(test.url);
  });

  async function readSessions() {
    const { db } = await import(".");
    const { sessions } = await import("./schema");
    return { rows: (await db().select().from(sessions)).length };
  }
});
