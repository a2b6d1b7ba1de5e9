import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDb, db } from "@/db";
import { attempts, items } from "@/db/schema";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { startPostgres } from "@/scripts/postgres.mjs";
import { type App, signInAsOwner, startApp } from "./app";
import { joinDatabase, listBroken, newOwnedSession, ownerId } from "./owned-sessions";
import { drawPhotos } from "./photos";
import { SheetClient, type TestFile } from "./sheet-client";

let app: App;

beforeAll(async () => {
  app = await startApp({ env: { WORKER: "inline" } });
});
afterAll(async () => {
  await closeDb();
  await app.stop();
  app.clean();
});

async function newRun(client: SheetClient, prompt: string, photos: TestFile[]) {
  const sessionId = await newOwnedSession(prompt);
  await client.upload(sessionId, photos);
  const changes = () => client.changes(sessionId);
  await client.untilReady(sessionId, photos.length);
  await startSession({ userId: await ownerId(), sessionId });
  return { sessionId, changes };
}

test("with WORKER=inline the web process does the work itself; told to stop, it ends what is in flight", async () => {
  const client = new SheetClient(app.address, await signInAsOwner(app));
  await joinDatabase(app);
  expect(app.pids().worker).toBeUndefined();
  const short = await newRun(client, "sepia", await drawPhotos(3));
  await expect.poll(async () => (await short.changes()).state).toBe("finished");
  expect(await listBroken(short.sessionId)).toEqual([]);

  const photos = await drawPhotos(12, { width: 1600, height: 1200 });
  const long = await newRun(client, "Convert the image into a watercolor painting", photos);
  await expect.poll(async () => (await long.changes()).counts.completed).toBeGreaterThan(0);
  expect(await app.stop()).toBe(0);

  // Postgres ended with the rest; it is started again to look at the rows, and stopped.
  const postgres = await startPostgres({ dataDir: app.dataDir });
  await joinDatabase({ ...app, databaseUrl: async () => postgres.url });
  const rows = await db().select().from(items).where(eq(items.sessionId, long.sessionId));
  const tries = await db()
    .select({ outcome: attempts.outcome })
    .from(attempts)
    .innerJoin(items, eq(items.id, attempts.itemId))
    .where(eq(items.sessionId, long.sessionId));
  await closeDb();
  await postgres.stop();
  expect(rows.some(({ status }) => status === "queued")).toBe(true);
  expect(tries.map(({ outcome }) => outcome).filter((outcome) => outcome !== "completed")).toEqual([]);
  expect(rows.filter(({ status }) => status === "completed")).toHaveLength(tries.length);
});
