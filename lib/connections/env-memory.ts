import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "./types";

/** A page waits this long for a server; what comes later is there for the next one. */
const PATIENCE_MS = 2_000;
/** A server that did not answer is not asked again by every page. */
const ASK_AGAIN_MS = 30_000;

type Memory = { models: string[]; testedAt: number };

// The installation's connection has no row. Next loads modules several times; only globalThis is common to them.
const shared = globalThis as typeof globalThis & {
  contactSheetEnvProbe?: Memory & { of: string };
  contactSheetEnvAsked?: { of: string; at: number; answered: Promise<void> };
};

/** What the server behind the installation's connection named when this process last asked; null before. */
export function recallEnvProbe(connection: Connection): Memory | null {
  const known = shared.contactSheetEnvProbe;
  return known?.of === addressOf(connection) ? known : null;
}

export function rememberEnvProbe(connection: Connection, models: string[]): void {
  shared.contactSheetEnvProbe = { of: addressOf(connection), models, testedAt: Date.now() };
}

/**
 * Model ids of the server behind the installation's connection. OpenAI's are known without asking; another server is
 * asked once, and anew after a while when it did not answer. Who comes while it is asked waits for the same answer.
 */
export async function envModels(connection: Connection): Promise<string[]> {
  if (connection.dialect !== "openai" && !recallEnvProbe(connection)) {
    const { at, answered } = asked(connection);
    const patience = Math.max(0, at + PATIENCE_MS - Date.now());
    await Promise.race([answered, sleep(patience, undefined, { ref: false })]);
  }
  return recallEnvProbe(connection)?.models ?? [];
}

function asked(connection: Connection) {
  const last = shared.contactSheetEnvAsked;
  const of = addressOf(connection);
  if (last?.of === of && Date.now() - last.at < ASK_AGAIN_MS) return last;
  const answered = ask(connection);
  const now = { of, at: Date.now(), answered };
  shared.contactSheetEnvAsked = now;
  return now;
}

async function ask(connection: Connection): Promise<void> {
  const { probe } = await import("./probe");
  const answer = await probe(connection);
  if (answer.ok) rememberEnvProbe(connection, answer.models);
}

/** In tests the environment changes under a process. */
function addressOf({ dialect, baseUrl }: Connection): string {
  return `${dialect} ${baseUrl}`;
}
