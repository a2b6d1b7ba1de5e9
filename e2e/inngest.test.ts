import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDb } from "@/db";
import { functions as ours } from "@/inngest";
import { startSession } from "@/lib/sessions/mutations/start-session";
import type { ChangesAnswer } from "@/lib/sessions/wire";
import { use } from "@/scripts/testing/fake-inngest/in-process";
import { type App, signInAsOwner, startApp } from "./app";
import { type InngestProcess, startInngest } from "./fake-inngest";
import { joinDatabase, listBroken, newOwnedSession, ownerId, untilMidRun } from "./owned-sessions";
import { drawPhotos, SMALL } from "./photos";
import { SheetClient } from "./sheet-client";

// `npm start` on a self-hosted Inngest server: real processes, the SDK's own protocol with signatures, real kill -9.

const PHOTOS = 14;

let inngest: InngestProcess;
let app: App;

beforeAll(async () => {
  inngest = await startInngest();
  const { env } = inngest;
  app = await startApp({ env });
  // What a click does is done by this process too.
  use(env);
});
afterAll(async () => {
  await closeDb();
  await app?.stop();
  app?.clean();
  await inngest?.stop();
});

function until(client: SheetClient, sessionId: string, holds: (answer: ChangesAnswer) => boolean) {
  const asks = async () => {
    const answer = await client.changes(sessionId).catch(() => null);
    return answer !== null && Array.isArray(answer.items) && holds(answer);
  };
  return expect.poll(asks, { interval: 250 }).toBe(true);
}

test("a run goes on after the app, then the server with its whole queue, were killed; each item is settled once", async () => {
  expect(app.output()).toContain(`Engine: Inngest at ${inngest.address}.`);
  expect(app.pids().worker).toBeUndefined();
  // What settles a run that gave up is a function of its own there.
  const registered = ours.length + ours.filter(({ giveUp }) => giveUp).length;
  await expect.poll(async () => (await inngest.facts()).functions.length).toBe(registered);

  const client = new SheetClient(app.address, await signInAsOwner(app));
  await joinDatabase(app);
  const sessionId = await newOwnedSession("Convert the image into a watercolor painting");
  await client.upload(sessionId, await drawPhotos(PHOTOS, SMALL));
  await client.untilReady(sessionId, PHOTOS);
  await startSession({ userId: await ownerId(), sessionId });

  await untilMidRun(sessionId, 2);
  process.kill(app.pids().web ?? 0, "SIGKILL");
  await untilMidRun(sessionId, 5);
  await inngest.kill();
  await inngest.startAgain();
  await until(client, sessionId, (answer) => answer.state === "finished");

  expect(await listBroken(sessionId)).toEqual([]);
  const { files } = await client.downloadList(sessionId);
  expect(files).toHaveLength(PHOTOS);
  for (const file of files) {
    const answer = await client.get(file.url);
    expect(answer.status, file.name).toBe(200);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(file.sha256);
  }
  // The server that knew nothing was told by itself, and runs what came after.
  const { functions, ended } = await inngest.facts();
  expect(functions).toHaveLength(registered);
  expect(ended.some(({ functionId }) => functionId === "contact-sheet-run-item")).toBe(true);
  const ready = await (await fetch(`${app.address}/api/ready`)).json();
  expect(ready).toMatchObject({ ok: true, engine: { ok: true } });
});
