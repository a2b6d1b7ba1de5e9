import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { migrate } from "../../db/migrate";
import { connected, shapeOf } from "../../db/test-db";
import { ensurePrograms } from "../start/programs.mjs";

const TEMPLATE = "template_sheet";

declare module "vitest" {
  interface ProvidedContext {
    /** Database a test may connect to in order to make others. */
    adminUrl: string;
    /** Name of a migrated, empty database to copy. */
    templateName: string;
    /** What `shapeOf` says of it. */
    templateShape: string;
  }
}

type Run = { adminUrl: string; templateShape: string; end: () => Promise<void>; projects: number };

// Each project loads this file anew.
const shared = globalThis as typeof globalThis & { contactSheetTestRun?: Promise<Run> };

/**
 * For all projects of a run: a folder for what tests leave, the programs that they start as processes, and one real
 * Postgres, with a migrated database that every test file copies.
 */
export default async function setup(project: TestProject) {
  shared.contactSheetTestRun ??= startRun();
  const run = await shared.contactSheetTestRun;
  run.projects += 1;
  project.provide("adminUrl", run.adminUrl);
  project.provide("templateName", TEMPLATE);
  project.provide("templateShape", run.templateShape);
  return async () => {
    run.projects -= 1;
    if (run.projects === 0) await run.end();
  };
}

async function startRun(): Promise<Run> {
  await ensurePrograms();
  const scratch = mkdtempSync(join(tmpdir(), "contact-sheet-tests-"));
  // Databases lie in it, and root lends Postgres another account.
  chmodSync(scratch, 0o755);
  process.env.TMPDIR = scratch;
  const host = spawn(process.execPath, [fileURLToPath(new URL("postgres-host.mjs", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
    detached: true,
  });
  const gone = once(host, "exit");
  const adminUrl = await firstLine(host.stdout, gone);
  const templateShape = await makeTemplate(adminUrl);
  const end = async () => {
    host.stdin.end();
    await gone;
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  };
  return { adminUrl, templateShape, end, projects: 0 };
}

async function firstLine(output: NodeJS.ReadableStream, gone: Promise<unknown>): Promise<string> {
  const line = once(createInterface({ input: output }), "line");
  const [first] = await Promise.race([
    line,
    gone.then(() => {
      throw new Error("The test database did not start.");
    }),
  ]);
  return String(first);
}

async function makeTemplate(adminUrl: string): Promise<string> {
  await connected(adminUrl, (sql) => sql.unsafe(`create database ${TEMPLATE}`));
  const url = new URL(adminUrl);
  url.pathname = `/${TEMPLATE}`;
  await migrate(url.href);
  return connected(url.href, shapeOf);
}
