import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDb } from "@/db";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { type App, signInAsOwner, startApp } from "./app";
import { joinDatabase, listBroken, newOwnedSession, ownerId } from "./owned-sessions";
import { drawPhotos } from "./photos";
import { SheetClient } from "./sheet-client";

let app: App;

beforeAll(async () => {
  app = await startApp({ env: { WORKER: "inline" } });
});
afterAll(async () => {
  await closeDb();
  app.clean();
});

test("with WORKER=inline the web process does the work itself, and stops in order", async () => {
  const client = new SheetClient(app.address, await signInAsOwner(app));
  await joinDatabase(app);
  expect(app.pids().worker).toBeUndefined();
  const sessionId = await newOwnedSession("sepia");
  await client.upload(sessionId, await drawPhotos(3));
  const changes = () => client.changes(sessionId);
  await expect
    .poll(async () => (await changes()).inputs.every((input) => input[2] === 2), { timeout: 60_000 })
    .toBe(true);
  await startSession({ userId: await ownerId(), sessionId });
  await expect.poll(async () => (await changes()).state, { timeout: 60_000 }).toBe("finished");
  expect(await listBroken(sessionId)).toEqual([]);
  expect(await app.stop()).toBe(0);
});
