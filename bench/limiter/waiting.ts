import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import { env } from "@/lib/env";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { connect, draftOf, startWorkers, stopWorkers } from "./rig";

/** Two slots of a provider of 2 images a minute, and two turns of everything that is regular. */
const SECONDS = 60;
const SETTLE_MS = 10_000;

/** Statements the server ran in a second while 5,000 items wait, and how many of them only begin or end a transaction. */
export type Waiting = { perSecond: number; frames: number };

/**
 * Everything the server was asked, by its own log (log_statement = all): each statement of each connection, BEGIN,
 * COMMIT, LISTEN and advisory locks too. One worker process; nobody looks at a page.
 */
export async function waiting(): Promise<Waiting> {
  const fake = await connect({ told: 2, limit: 2 });
  const workers = await startWorkers(1);
  try {
    const draft = await draftOf(5_000);
    await startSession(draft);
    await sleep(SETTLE_MS);
    await logStatements("all");
    const before = logged().length;
    await sleep(SECONDS * 1_000);
    const statements = logged().slice(before);
    await logStatements("none");
    printMost(statements);
    const frames = statements.filter((text) => /^(begin|commit|rollback)\b/i.test(text));
    return { perSecond: statements.length / SECONDS, frames: frames.length / SECONDS };
  } finally {
    await stopWorkers(workers);
    await fake.close();
  }
}

async function logStatements(which: "all" | "none"): Promise<void> {
  await db().execute(sql.raw(`alter system set log_statement = '${which}'`));
  await db().execute(sql`select pg_reload_conf()`);
  await sleep(1_000);
}

/** Texts of the statements in the server's log. */
function logged(): string[] {
  const log = readFileSync(join(env().DATA_DIR, "logs", "postgres.log"), "utf8");
  const found = log.matchAll(/LOG: {2}(?:statement|execute [^:]*): \s*([^\n]*(?:\n\t[^\n]*)*)/g);
  return [...found].map(([, text]) => (text ?? "").replace(/\s+/g, " "));
}

function printMost(statements: string[]): void {
  const counts = new Map<string, number>();
  for (const text of statements) {
    const start = text.slice(0, 110);
    counts.set(start, (counts.get(start) ?? 0) + 1);
  }
  const most = [...counts].sort(([, one], [, other]) => other - one).slice(0, 25);
  for (const [text, count] of most)
    console.log(`${(count / SECONDS).toFixed(2).padStart(6)} a second  ${text}`);
}
