import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { images, inputs, items, limits, users } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { sharp } from "@/lib/images/decoder";
import { dispatch } from "@/lib/items/mutations/dispatch";
import { releaseLeases } from "@/lib/items/mutations/release-leases";
import { unpackItem } from "@/lib/items/wire";
import { listChanges } from "@/lib/sessions/queries/list-changes";
import { saveChain } from "@/lib/steps/mutations/save-chain";
import type { ChainStep, StepSettings } from "@/lib/steps/types";
import { storage } from "@/lib/storage";
import { newUploadKey } from "@/lib/storage/keys";
import { auditMoney } from "@/lib/usage/queries/audit-money";
import {
  attemptsOf,
  batchesOf,
  connectEnv,
  goOn,
  goOnUntil,
  startEconomy,
  statusesOf,
} from "@/scripts/testing/economy-rig";
import { sessionRow } from "@/scripts/testing/factories";
import { type FakeProvider, startFakeProvider } from "@/scripts/testing/fake-provider/start-fake-provider";
import { registerEchoModel } from "@/scripts/testing/models";

let testDb: TestDb;
let fake: FakeProvider;
const echoed = registerEchoModel();

beforeAll(async () => {
  testDb = await createTestDb();
});
beforeEach(async () => {
  await fake?.close();
  fake = await startFakeProvider({ pictures: "tiny" });
  connectEnv(fake);
  await testDb.db.delete(users);
  await testDb.db.delete(limits);
  await testDb.db.insert(limits).values({ connection: "echo", inFlight: 8 });
});
afterAll(async () => {
  await fake.close();
  await testDb.close();
});

const stepOf = (
  source: number,
  settings: StepSettings | null = null,
  prompt = `step ${source + 1}`,
): ChainStep => ({
  ...{ id: randomUUID(), prompt, settings, source },
  ...{ references: [], enabled: true },
});

test("each step of a chain is a batch of its own, on what the one before it made", async () => {
  const { sessionId } = await startEconomy({
    count: 3,
    beforeStart: ({ userId, sessionId: id }) =>
      saveChain({ userId, sessionId: id, chainVersion: 0, steps: [stepOf(0), stepOf(1)] }),
  });
  await goOn();
  expect(await statusesOf(sessionId)).toEqual(Array(6).fill("completed"));
  expect(fake.batches().map(({ counts }) => counts.total)).toEqual([3, 3]);
  // The source is 8 pixels wide, what is made of it 64.
  expect(fake.imageCalls().map(({ prompt, images: [source] }) => [prompt, source?.width])).toEqual([
    ...Array(3).fill(["step 1", 8]),
    ...Array(3).fill(["step 2", 64]),
  ]);
  expect(await auditMoney()).toEqual([]);
});

test("a step whose model has no economy lane goes live", async () => {
  echoed.length = 0;
  const { sessionId } = await startEconomy({
    count: 2,
    beforeStart: ({ userId, sessionId: id }) =>
      saveChain({
        ...{ userId, sessionId: id, chainVersion: 0 },
        steps: [stepOf(0), stepOf(1, { connection: "echo", model: "echo" })],
      }),
  });
  const rows = await testDb.db.select().from(items).orderBy(items.position, items.connection);
  expect(rows.map(({ lane, connection }) => [lane, connection])).toEqual([
    ["live", "echo"],
    ["economy", "economy:env"],
    ["live", "echo"],
    ["economy", "economy:env"],
  ]);
  await goOnUntil("settled");
  await dispatch("echo");
  await goOn();
  expect(await statusesOf(sessionId)).toEqual(Array(4).fill("completed"));
  expect(fake.batches()).toHaveLength(1);
  expect(echoed).toHaveLength(2);
});

test("rows with a picture and rows without are two batches: edits and generations", async () => {
  const { sessionId } = await startEconomy({
    count: 4,
    beforeStart: ({ inputIds: [, second, , fourth] }) =>
      testDb.db.execute(sql`update inputs set image_id = null where id in (${second}, ${fourth})`),
  });
  await goOn();
  expect(await statusesOf(sessionId)).toEqual(Array(4).fill("completed"));
  expect(fake.batches().map(({ endpoint, counts }) => [endpoint, counts.completed])).toEqual([
    ["/v1/images/edits", 2],
    ["/v1/images/generations", 2],
  ]);
});

test("a mask and references go along, each content uploaded once", async () => {
  const { sessionId } = await startEconomy({
    count: 2,
    beforeStart: async ({ userId, sessionId: id, inputIds }) => {
      const [reference, mask] = [await picture(userId, "#ff0000"), await picture(userId, null)];
      await attach(userId, { id, role: "reference", imageId: reference, forInputId: null });
      for (const inputId of inputIds) {
        await attach(userId, { id, role: "mask", imageId: mask, forInputId: inputId });
      }
    },
  });
  await goOn();
  expect(await statusesOf(sessionId)).toEqual(["completed", "completed"]);
  expect(fake.imageCalls()).toMatchObject(
    Array(2).fill({ images: [{ width: 8 }, { width: 16 }], mask: { width: 8, height: 8, alpha: true } }),
  );
  expect(fake.files().filter(({ purpose }) => purpose === "vision")).toHaveLength(3);
});

async function picture(ownerId: string, colour: string | null): Promise<string> {
  if (colour === null) {
    const clear = { width: 8, height: 8, channels: 4 as const, background: { r: 0, g: 0, b: 0, alpha: 0 } };
    return store(ownerId, await sharp({ create: clear }).png().toBuffer(), 8, true);
  }
  const plain = { width: 16, height: 16, channels: 3 as const, background: colour };
  return store(ownerId, await sharp({ create: plain }).png().toBuffer(), 16, false);
}

async function store(ownerId: string, bytes: Buffer, edge: number, alpha: boolean): Promise<string> {
  const storageKey = newUploadKey(ownerId);
  await storage().put(storageKey, bytes);
  const [image] = await testDb.db
    .insert(images)
    .values({
      ...{ ownerId, storageKey, alpha, bytes: bytes.length, width: edge, height: edge },
      ...{ sha256: randomUUID(), format: "png", thumbhash: "" },
    })
    .returning({ id: images.id });
  return image?.id ?? "";
}

function attach(
  ownerId: string,
  given: { id: string; role: "reference" | "mask"; imageId: string; forInputId: string | null },
) {
  const { id: sessionId, role, imageId, forInputId } = given;
  const position = sql<number>`(select 100 + count(*) from inputs where session_id = ${sessionId})`;
  return testDb.db.insert(inputs).values({
    ...{ ownerId, sessionId, role, imageId, forInputId, position },
    ...{ state: "ready", sourceName: `${role}.png`, sourceBytes: 100 },
  });
}

test("an image that cannot be read fails alone, before anything is ordered", async () => {
  const { sessionId } = await startEconomy({
    count: 3,
    beforeStart: async ({ userId, inputIds: [, second = ""] }) => {
      const imageId = await store(userId, Buffer.from("no picture at all"), 9, false);
      await testDb.db.update(inputs).set({ imageId }).where(eq(inputs.id, second));
    },
  });
  await goOn();
  expect(await statusesOf(sessionId)).toEqual(["completed", "failed", "completed"]);
  expect(fake.batches().map(({ counts }) => counts.total)).toEqual([2]);
  expect((await sessionRow(sessionId)).reserved).toBe(0);
  expect(await auditMoney()).toEqual([]);
});

test("the page hears of the batch, and of what is in it; leases leave it alone", async () => {
  fake.planBatches({ end: "stays", lines: 1 });
  const { sessionId, userId } = await startEconomy({ count: 2 });
  const told = () => listChanges({ sessionId, userId, since: 0 });
  const waiting = await told();
  expect(waiting?.items.map(unpackItem)).toMatchObject(
    Array(2).fill({ status: "queued", lane: "economy", batchedAt: null }),
  );
  await goOnUntil("sent");
  await expect.poll(() => fake.batches()[0]?.counts.completed).toBe(1);
  await goOn(async () => ((await batchesOf(sessionId))[0]?.doneLines ?? 0) === 1);
  expect(await releaseLeases({ deadWorkers: [randomUUID()] })).toBe(0);
  const sent = await told();
  expect(sent?.batches).toMatchObject([
    {
      state: "sent",
      lines: 2,
      done: 1,
      failed: 0,
      cancelling: false,
      words: null,
      sentAt: expect.any(Number),
    },
  ]);
  expect(sent).toMatchObject({ etaMs: null, slots: null });
  const rows = sent?.items.map(unpackItem) ?? [];
  expect(rows).toMatchObject(Array(2).fill({ status: "running", lane: "economy" }));
  expect(rows.every(({ batchedAt }) => (batchedAt ?? 0) > 0)).toBe(true);
  fake.replan(fake.batches()[0]?.id ?? "", { end: "completed", lines: undefined });
  await goOn();
  expect((await told())?.batches).toEqual([]);
  expect(await attemptsOf(sessionId)).toHaveLength(2);
});
