import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { attempts, images, items, limits } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { runItem } from "@/inngest/functions/run-item";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { storage } from "@/lib/storage";
import { resultKey } from "@/lib/storage/keys";
import { auditMoney } from "@/lib/usage/queries/audit-money";
import { newDraft, newUser, sessionRow, tinyPng } from "@/scripts/testing/factories";
import { PAID_PRICE, registerPaidModel } from "@/scripts/testing/models";
import { makeResult } from "../make-result";
import { type BegunAttempt, beginAttempt } from "./begin-attempt";
import { releaseLeases } from "./release-leases";
import { claimSend, markReceived } from "./send-attempt";
import { settleAttempt } from "./settle-attempt";

// A worker died after the answer of a paid call was stored and before it was settled.

let testDb: TestDb;
const { calls } = registerPaidModel();

beforeAll(async () => {
  testDb = await createTestDb();
  await testDb.db.insert(limits).values({ connection: "paid", inFlight: 8 });
});
beforeEach(() => {
  calls.length = 0;
});
afterAll(async () => {
  await testDb.close();
});

async function begin(handed: { itemId: string; dispatch: number }): Promise<BegunAttempt | null> {
  const begun = await beginAttempt({ ...handed, runId: randomUUID() });
  if (begun && "returned" in begun) throw new Error("it went back to its queue");
  return begun;
}

async function handedOut(sessionId: string) {
  const [item] = await testDb.db.select().from(items).where(eq(items.sessionId, sessionId));
  if (!item) throw new Error("no item");
  return { itemId: item.id, dispatch: item.dispatch };
}

/** Answers the session and the hand-out that goes on with the stored answer. */
async function diedWithAnswer() {
  const { id: userId } = await newUser();
  const draft = await newDraft({ userId, count: 1, model: "paid", settings: { reuse: false } });
  await startSession({ userId, sessionId: draft.id });
  const begun = await begin(await handedOut(draft.id));
  if (!begun || (await makeResult(begun)).kind !== "made") throw new Error("nothing was made");
  await testDb.db.execute(
    sql`update items set lease_until = now() - interval '1 s' where session_id = ${draft.id}`,
  );
  await releaseLeases({ deadWorkers: [] });
  return { sessionId: draft.id, handed: await handedOut(draft.id) };
}

const step = { run: <T>(_id: string, work: () => Promise<T>) => work() };

test("of two events for a stored answer one goes on with it", async () => {
  const { sessionId, handed } = await diedWithAnswer();
  const begun = [await begin(handed), await begin(handed)];
  expect(begun.map((one) => one === null)).toEqual([false, true]);
  await testDb.db.execute(sql`update items set lease_until = now() - interval '1 s'`);
  await releaseLeases({ deadWorkers: [] });
  const again = await handedOut(sessionId);
  await Promise.all(Array.from({ length: 4 }, () => runItem.handle(again, { step, runId: randomUUID() })));
  expect(await sessionRow(sessionId)).toMatchObject({ completedCount: 1, spend: PAID_PRICE.min });
  expect(calls).toHaveLength(1);
  expect(await auditMoney()).toEqual([]);
});

test("what was stored as its provider made it is brought to its size by whoever goes on", async () => {
  const { id: userId } = await newUser();
  const output = {
    format: "webp",
    quality: 80,
    size: { mode: "exact", width: 40, height: 30, pad: "#ffffff" },
  } as const;
  const draft = await newDraft({ userId, count: 1, model: "paid", settings: { reuse: false, output } });
  await startSession({ userId, sessionId: draft.id });
  const begun = await begin(await handedOut(draft.id));
  if (!begun || (await claimSend(begun)) !== "sent") throw new Error("it was not sent");
  const raw = join(testDb.dataDir, "raw.png");
  await writeFile(raw, await tinyPng());
  await storage().putFile(resultKey(userId, begun.attemptId), raw);
  const answer = {
    modelVersion: "1",
    requestId: null,
    usage: null,
    cost: PAID_PRICE.min,
    used: {},
    notes: [],
  };
  await markReceived(begun, { ...answer, fit: true });
  await testDb.db.execute(sql`update items set lease_until = now() - interval '1 s'`);
  await releaseLeases({ deadWorkers: [] });
  await runItem.handle(await handedOut(draft.id), { step, runId: randomUUID() });
  const [made] = await testDb.db
    .select({ width: images.width, height: images.height, format: images.format })
    .from(attempts)
    .innerJoin(images, eq(images.id, attempts.imageId))
    .where(eq(attempts.id, begun.attemptId));
  expect(made).toEqual({ width: 40, height: 30, format: "webp" });
  expect(calls).toHaveLength(0);
  expect(await auditMoney()).toEqual([]);
});

test.each(["none", "maybe"] as const)(
  "an answer that came was paid for: a failure of it that says %s is not believed",
  async (charge) => {
    const { sessionId, handed } = await diedWithAnswer();
    const begun = await begin(handed);
    if (!begun) throw new Error("nobody went on");
    await settleAttempt(begun, {
      ...{ kind: "failed", code: "unknown", words: "It broke.", details: null, requestId: null },
      ...{ charge, cost: 0, retryAfterMs: 0 },
    });
    const [attempt] = await testDb.db.select().from(attempts).where(eq(attempts.itemId, handed.itemId));
    expect(attempt).toMatchObject({ outcome: "failed", charge: "charged", cost: PAID_PRICE.min });
    expect(await sessionRow(sessionId)).toMatchObject({ spend: PAID_PRICE.min, reserved: 0 });
    expect(await auditMoney()).toEqual([]);
  },
);
