import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDb } from "@/db";
import { startSession } from "@/lib/sessions/mutations/start-session";
import type { ChangesAnswer } from "@/lib/sessions/wire";
import type { CookieJar } from "@/scripts/testing/cookie-jar";
import { type App, signInAsOwner, startApp } from "./app";
import { joinDatabase, listBroken, newOwnedSession, ownerId, untilMidRun } from "./owned-sessions";
import { drawPhotos, SMALL } from "./photos";
import { SheetClient } from "./sheet-client";

// Real processes, real kill -9, at moments in the middle of work.

const PHOTOS = 14;
const PROMPT = "Convert the image into a watercolor painting";

let app: App;
let jar: CookieJar;

beforeAll(async () => {
  app = await startApp();
  jar = await signInAsOwner(app);
  await joinDatabase(app);
});
afterAll(async () => {
  await closeDb();
  await app.stop();
  app.clean();
});

function kill(pid: number | undefined) {
  if (!pid) throw new Error("no such process");
  process.kill(pid, "SIGKILL");
}

function postgresPid(): number {
  const where = join(app.dataDir, "postgres.where.json");
  const home = JSON.parse(readOr(where, "{}")).home ?? app.dataDir;
  const pidFile = readOr(
    join(home, "postgres", "postmaster.pid"),
    readOr(join(home, "data", "postmaster.pid"), ""),
  );
  return Number(pidFile.split("\n")[0]);
}

function readOr(path: string, fallback: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return fallback;
  }
}

/** Answers, however long the app is away. */
async function changes(client: SheetClient, sessionId: string): Promise<ChangesAnswer | null> {
  return client.changes(sessionId).catch(() => null);
}

async function until(client: SheetClient, sessionId: string, holds: (answer: ChangesAnswer) => boolean) {
  await expect
    .poll(
      async () => {
        const answer = await changes(client, sessionId);
        return answer !== null && Array.isArray(answer.items) && holds(answer);
      },
      { interval: 250 },
    )
    .toBe(true);
}

async function uploadAll(client: SheetClient, sessionId: string) {
  await client.upload(sessionId, await drawPhotos(PHOTOS, SMALL));
  await client.untilReady(sessionId, PHOTOS);
}

async function assertWhole(client: SheetClient, sessionId: string) {
  expect(await listBroken(sessionId)).toEqual([]);
  const list = await client.downloadList(sessionId);
  expect(list.files).toHaveLength(PHOTOS);
  for (const file of list.files) {
    const bytes = Buffer.from(await (await client.get(file.url)).arrayBuffer());
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(file.sha256);
  }
}

test("worker, web and database are killed in the middle of a run; it ends whole by itself", async () => {
  const client = new SheetClient(app.address, jar);
  const sessionId = await newOwnedSession(PROMPT);
  await uploadAll(client, sessionId);
  await startSession({ userId: await ownerId(), sessionId });
  await untilMidRun(sessionId, 2);
  kill(app.pids().worker);
  await untilMidRun(sessionId, 5);
  kill(app.pids().web);
  await untilMidRun(sessionId, 7);
  kill(postgresPid());
  await until(client, sessionId, (answer) => answer.state === "finished");
  await assertWhole(client, sessionId);
});

test("everything at once is killed during uploads and during a run; the next start goes on", async () => {
  const sessionId = await newOwnedSession(PROMPT);
  const photos = await drawPhotos(PHOTOS, SMALL);
  const before = new SheetClient(app.address, jar);
  const inputs = await before.register(sessionId, photos);
  const sending = inputs.map(({ id }, i) =>
    before.put(id, photos[i]?.bytes ?? new Uint8Array()).catch(() => null),
  );
  await sleep(60);
  killAll();
  await Promise.all(sending);
  await restart();

  const client = new SheetClient(app.address, jar);
  const { inputs: rows } = await client.rows(sessionId);
  for (const [id, position, state] of rows) {
    const photo = photos[position - 1];
    if (state === 0 && photo) expect((await client.put(id, photo.bytes)).status).toBe(200);
  }
  await client.untilReady(sessionId, PHOTOS);
  await startSession({ userId: await ownerId(), sessionId });
  await untilMidRun(sessionId, 3);
  killAll();
  await restart();
  const after = new SheetClient(app.address, jar);
  await until(after, sessionId, (answer) => answer.state === "finished");
  await assertWhole(after, sessionId);
});

function killAll() {
  const { web, worker } = app.pids();
  const database = postgresPid();
  kill(app.pid);
  for (const pid of [web, worker, database]) if (pid) process.kill(pid, "SIGKILL");
}

async function restart() {
  app = await startApp({ dataDir: app.dataDir });
  jar = await signInAsOwner(app);
  await joinDatabase(app);
}
