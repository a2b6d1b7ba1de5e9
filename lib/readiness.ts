import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import { engineName, inngestAddress } from "./env";
import { youngestBeatMs } from "./limits/queries";
import { storage } from "./storage";

/** A worker beats every 1.5 s; older than this, nobody runs the functions (R82). */
const MAX_BEAT_MS = 30_000;
const CHECK_MS = 3_000;

export type Part = { ok: boolean; words: string };
export type Readiness = { ok: boolean; database: Part; storage: Part; engine: Part };

/** Whether this installation can do its work now, part by part. Never throws, answers within about 3 s. */
export async function checkReadiness(): Promise<Readiness> {
  const [database, bytes, engine] = await Promise.all([
    check(() => db().execute(sql`select 1`), "The database answers.", "The database does not answer."),
    check(() => storage().check(), "The storage takes bytes.", "The storage cannot be written."),
    checkEngine(),
  ]);
  return { ok: database.ok && bytes.ok && engine.ok, database, storage: bytes, engine };
}

/** The same answer on every instance: what runs the functions need not be here. */
function checkEngine(): Part | Promise<Part> {
  const address = inngestAddress();
  if (engineName() === "embedded") {
    return check(assertWorker, "A worker runs the functions.", "No worker runs the functions.");
  }
  if (!address)
    return { ok: true, words: "Inngest Cloud is to run the functions; it is not asked from here." };
  return check(
    () => assertHealthy(address),
    "The Inngest server answers and runs the functions.",
    "The Inngest server does not answer. What is queued waits for it.",
  );
}

async function assertHealthy(address: string): Promise<void> {
  const { ok } = await fetch(new URL("/health", address), { signal: AbortSignal.timeout(CHECK_MS) });
  if (!ok) throw new Error("not healthy");
}

async function assertWorker(): Promise<void> {
  const age = await youngestBeatMs();
  if (age === null || age > MAX_BEAT_MS) throw new Error("no worker beats");
}

async function check(work: () => Promise<unknown>, well: string, ill: string): Promise<Part> {
  const deadline = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error("no answer in time")), CHECK_MS).unref();
  });
  return Promise.race([work(), deadline]).then(
    () => ({ ok: true, words: well }),
    () => ({ ok: false, words: ill }),
  );
}
