import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { closeDb, db } from "@/db";
import { sessions } from "@/db/schema";
import { type App, signInAsOwner, startApp } from "@/e2e/app";
import { joinDatabase, newOwnedSession, ownerId } from "@/e2e/owned-sessions";
import { SheetClient } from "@/e2e/sheet-client";
import { DEFAULT_PROVIDER, DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { startPostgres } from "@/scripts/postgres.mjs";
import { numberedPicture } from "../fake-provider/pictures/numbered-picture";
import { CONCURRENCY } from "./audit/check-calls";
import { pictureName } from "./audit/facts";
import { deliverTwice } from "./disturb";
import { type ProviderProcess, startProvider } from "./provider-process";
import { RigDatabase } from "./rig-database";

const MODEL = "gpt-image-2.5-flare";
/** Long enough for a slow answer on a slow machine, short enough to wait for hangs. */
export const TIMEOUT_MS = 5_000;
const PER_MINUTE = 6_000;
/** Far more than it can cost, micro-dollars. */
const BUDGET = 1_000_000_000;
const UPLOAD_MS = 10 * 60_000;

export type Rig = {
  app: App;
  client: SheetClient;
  /** Folder the database lies in. */
  home: string;
  databaseUrl: string;
  database: RigDatabase;
  provider: ProviderProcess;
  apiKey: string;
  /** What the provider wrote down. */
  providerLog: string;
  stop(): Promise<void>;
};

/** The app as `npm start` runs it, in front of a provider on a bad day. */
export async function startRig(seed: number): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), "contact-sheet-chaos-"));
  const apiKey = `sk-${randomBytes(24).toString("hex")}`;
  const providerLog = join(folder, "calls.jsonl");
  const provider = await startProvider({ seed, key: apiKey, logPath: providerLog });
  const catalogue = join(folder, "models.json");
  writeFileSync(catalogue, JSON.stringify({ models: { [MODEL]: { timeoutMs: TIMEOUT_MS } } }));
  const env = {
    OPENAI_API_KEY: apiKey,
    OPENAI_BASE_URL: provider.baseUrl,
    OPENAI_CATALOGUE: catalogue,
    OPENAI_IMAGES_PER_MINUTE: String(PER_MINUTE),
    OPENAI_IN_FLIGHT: String(CONCURRENCY),
  };
  // What a click does is done by this process too.
  Object.assign(process.env, env);
  const app = await startApp({ env });
  const client = new SheetClient(app.address, await signInAsOwner(app));
  await joinDatabase(app);
  const { home, url: databaseUrl } = await startPostgres({ dataDir: app.dataDir });
  const database = new RigDatabase({ home, url: databaseUrl });
  return {
    ...{ app, client, home, databaseUrl, database, provider, apiKey, providerLog },
    async stop() {
      await database.close();
      await closeDb();
      await app.stop();
      await provider.stop();
      if (process.env.CHAOS_KEEP) return console.log(`kept: ${app.dataDir} ${folder}`);
      app.clean();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A session with that many pictures which all differ, uploaded as a browser does. Answers its id once all are ready. */
export async function fillSession({ client }: Rig, count: number): Promise<string> {
  const provider = { ...DEFAULT_PROVIDER, quality: "low", size: "1024x1024" } as const;
  const settings = { ...DEFAULT_SETTINGS, connection: "env", model: MODEL, provider };
  const sessionId = await newOwnedSession("a seamless light-grey studio", settings);
  await db().update(sessions).set({ budget: BUDGET }).where(eq(sessions.id, sessionId));
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  const files = await Promise.all(
    numbers.map(async (number) => ({
      name: pictureName(number),
      bytes: await numberedPicture(number, { width: 240, height: 240 }),
    })),
  );
  await client.upload(sessionId, files);
  for (const until = Date.now() + UPLOAD_MS; Date.now() < until; await sleep(500)) {
    const { inputs } = await client.rows(sessionId);
    if (inputs.length === count && inputs.every(([, , state]) => state === 2)) return sessionId;
  }
  throw new Error("the pictures were not ready in time");
}

/** Starts it as the button does; from here on every event comes twice. */
export async function beginChaos({ database }: Rig, sessionId: string): Promise<void> {
  await deliverTwice(database);
  const started = await startSession({ userId: await ownerId(), sessionId });
  if (!started.ok) throw new Error(`it did not start: ${JSON.stringify(started)}`);
  await closeDb();
}
