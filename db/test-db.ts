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
  /** Drops the database and the folder. */
  close(): Promise<void>;
};

/**
 * A fresh copy of the migrated database, with `db()` and the environment of this process pointed at it.
 * One at a time in a process: call it in `beforeAll`, `close` in `afterAll`.
 */
export async function createTestDb(): Promise<TestDb> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await onAdmin((admin) =>
    admin.unsafe(`create database ${name} template ${inject("templateName")} strategy file_copy`),
  );
  const url = new URL(inject("adminUrl"));
  url.pathname = `/${name}`;
  const dataDir = mkdtempSync(join(tmpdir(), "contact-sheet-data-"));
  await closeDb();
  Object.assign(process.env, {
    DATABASE_URL: url.href,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
    NEXTAUTH_URL: "http://localhost:3000",
    DATA_DIR: dataDir,
  });
  forgetEnv();
  return {
    url: url.href,
    db: db(),
    dataDir,
    close: async () => {
      await closeDb();
      await onAdmin((admin) => admin.unsafe(`drop database ${name} with (force)`));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function onAdmin(work: (admin: postgres.Sql) => Promise<unknown>) {
  const admin = postgres(inject("adminUrl"), { max: 1, onnotice: () => {} });
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
