import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { z } from "zod";
import { closeDb, db } from "@/db";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { createSession } from "@/lib/sessions/mutations/create-session";
import type { CookieJar } from "@/scripts/testing/cookie-jar";
import { newUser } from "@/scripts/testing/factories";
import { type InstancePair, startInstancePair } from "./instance-pair";
import { listBroken } from "./owned-sessions";
import { drawPhotos, SMALL } from "./photos";
import type { RoundRobin } from "./round-robin";
import { doAction } from "./server-actions";
import { SheetClient, type TestFile } from "./sheet-client";
import { signInWithPassword } from "./sign-in";
import { startWebInstance } from "./web-instance";

// R75, F25 over HTTP: two web processes that share nothing but the database and the files, behind a proxy that takes
// turns. Nothing may be in the memory of the one that the other would miss.

const PHOTOS = 12;
const SUBMITS = 500;

const dataDir = inject("appDataDir");
let pair: InstancePair;
let proxy: RoundRobin;

beforeAll(async () => {
  pair = await startInstancePair(dataDir);
  ({ proxy } = pair);
});
afterAll(async () => {
  await closeDb();
  await pair?.stop();
});

/** Sends a file until it is there, as the page does. */
async function sendAnyway(client: SheetClient, id: string, { bytes }: TestFile): Promise<void> {
  for (;;) {
    const answer = await client.put(id, bytes).catch(() => null);
    if (answer?.ok || answer?.status === 409) return;
    if (answer && answer.status < 500) throw new Error(`${answer.status} ${await answer.text()}`);
    await sleep(100);
  }
}

test("a sign-in, uploads, a start and a run lose nothing while both instances are replaced one after the other", async () => {
  const { jar, id: userId } = await signInWithPassword(proxy.address, newUser);
  const client = new SheetClient(proxy.address, jar);
  const { id: sessionId } = await createSession({
    ...{ userId, intent: crypto.randomUUID(), prompt: "Convert the image into a watercolor painting" },
    settings: DEFAULT_SETTINGS,
  });
  const photos = await drawPhotos(PHOTOS, SMALL);
  const inputs = await client.register(sessionId, photos);
  const sent = inputs.map(({ id }, at) =>
    sendAnyway(client, id, photos[at] ?? { name: "", bytes: Buffer.of() }),
  );
  await Promise.all([...sent, pair.replace(0)]);
  await client.untilReady(sessionId, PHOTOS);

  const started = { jar, input: { sessionId }, value: z.object({ items: z.number() }) };
  expect(await doAction(proxy.address, { name: "startSessionAction", ...started })).toEqual({
    items: PHOTOS,
  });
  await pair.replace(1);
  const state = async () => (await client.changes(sessionId).catch(() => null))?.state;
  await expect.poll(state).toBe("finished");

  expect(await listBroken(sessionId)).toEqual([]);
  const { files } = await client.downloadList(sessionId);
  expect(files).toHaveLength(PHOTOS);
  // Both ways round: what the one wrote, the other shows.
  expect(pair.addresses().every((address) => (proxy.answered.get(address) ?? 0) > 0)).toBe(true);
  const ready = await Promise.all(pair.addresses().map((address) => fetch(`${address}/api/ready`)));
  expect(ready.map(({ status }) => status)).toEqual([200, 200]);
});

test("of 500 submits during a rolling restart none meets an action its instance does not know (R75)", async () => {
  const { jar, id: userId } = await signInWithPassword(proxy.address, newUser);
  const intent = crypto.randomUUID();
  const { id: sessionId } = await createSession({ userId, intent, prompt: "", settings: DEFAULT_SETTINGS });
  const unknown: string[] = [];
  let done = 0;
  let rolled = false;
  async function submit() {
    for (; done < SUBMITS || !rolled; done += 1) {
      const input = { sessionId, name: `Name ${done}` };
      let refused = await renameOver(jar, input);
      // An instance that stops cuts its requests off, and a page sends again.
      while (refused && /: (<html|Bad Gateway)?$|fetch failed/.test(refused)) {
        await sleep(50);
        refused = await renameOver(jar, input);
      }
      if (refused) unknown.push(refused);
    }
  }
  const roll = pair
    .replace(0)
    .then(() => pair.replace(1))
    .finally(() => {
      rolled = true;
    });
  await Promise.all([...Array.from({ length: 4 }, submit), roll]);
  expect(unknown).toEqual([]);
  expect(done).toBeGreaterThanOrEqual(SUBMITS);
});

/** Null, or what the action refused it with. */
function renameOver(jar: CookieJar, input: { sessionId: string; name: string }): Promise<string | null> {
  const renamed = doAction(proxy.address, { name: "renameSessionAction", jar, input, value: z.unknown() });
  return renamed.then(() => null, String);
}

test("what is taken away on one instance is gone on the other at once", async () => {
  const [first, second] = pair.addresses();
  const { jar } = await signInWithPassword(proxy.address, newUser);
  const asks = async (address = "") => (await jar.fetch(`${address}/api/sessions`)).status;
  expect([await asks(first), await asks(second)]).toEqual([200, 200]);
  const { csrfToken } = await (await jar.fetch(`${first}/api/auth/csrf`)).json();
  const kept = jar.header();
  await jar.fetch(`${first}/api/auth/signout`, {
    method: "POST",
    body: new URLSearchParams({ csrfToken, json: "true" }),
    headers: { origin: proxy.address },
  });
  // The cookie of before, as a thief would keep it.
  const stolen = await fetch(`${second}/api/sessions`, { headers: { cookie: kept } });
  expect(stolen.status).toBe(401);
});

test("with every connection to the database busy a request is refused, and later ones are served (R88)", async () => {
  const env = { DATABASE_POOL: "2" };
  const busy = await startWebInstance({
    app: { dataDir, databaseUrl: pair.databaseUrl, publicUrl: proxy.address },
    env,
  });
  try {
    const { jar } = await signInWithPassword(proxy.address, newUser);
    const ask = async () => (await jar.fetch(`${busy.address}/api/snippets`)).status;
    const statuses = await db().transaction(async (tx) => {
      await tx.execute(sql`lock table snippets in access exclusive mode`);
      return Promise.all(Array.from({ length: 8 }, ask));
    });
    expect(statuses).toEqual(Array.from({ length: 8 }, () => 503));
    expect(await ask()).toBe(200);
  } finally {
    await busy.stop();
  }
});
