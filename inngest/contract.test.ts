import { randomUUID } from "node:crypto";
import { InngestTestEngine } from "@inngest/test";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { attempts, inputs, items } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { closePixelPool } from "@/lib/images/process/shared-pool";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { type EchoCall, registerEchoModel } from "@/scripts/testing/models";
import { functions } from ".";
import type { DurableFunction, Step } from "./define";
import { reconcile } from "./functions/reconcile";
import { runItem } from "./functions/run-item";

// The same functions on both engines, with every step once, repeated, and repeated after its answer was lost.

let testDb: TestDb;
let calls: EchoCall[];

beforeAll(async () => {
  process.env.STUDIO_CONCURRENCY = "1";
  testDb = await createTestDb();
  calls = registerEchoModel();
});
afterAll(async () => {
  delete process.env.STUDIO_CONCURRENCY;
  await closePixelPool();
  await testDb.close();
});
beforeEach(() => {
  calls.length = 0;
});

type Engine = (one: DurableFunction, name: string, data: Record<string, unknown>) => Promise<unknown>;

const plain: Step = { run: (_id, work) => work() };
const twice: Step = {
  async run(_id, work) {
    const answer = await work();
    await work();
    return answer;
  },
};
const answerLost: Step = {
  async run(_id, work) {
    await work();
    return work();
  },
};

const embedded =
  (step: Step): Engine =>
  (one, _name, data) =>
    one.handle(data, { step, runId: randomUUID() });

const onInngest: Engine = async (one, name, data) => {
  const engine = new InngestTestEngine({ function: one.inngest, events: [{ name, data }] });
  const { error } = await engine.execute();
  if (error) throw error;
};

const engines: [string, Engine][] = [
  ["embedded", embedded(plain)],
  ["embedded, every step twice", embedded(twice)],
  ["embedded, every first answer lost", embedded(answerLost)],
  ["inngest", onInngest],
];

async function oneRunning() {
  const user = await newUser();
  const draft = await newDraft({ userId: user.id, count: 1 });
  await startSession({ userId: user.id, sessionId: draft.id });
  const [item] = await testDb.db.select().from(items).where(eq(items.sessionId, draft.id));
  if (item?.status !== "running") throw new Error("the item was not handed out");
  return { draft, item, data: { itemId: item.id, dispatch: item.dispatch } };
}

describe.each(engines)("%s", (_name, engine) => {
  test("an item ends with one result", async () => {
    const { draft, item, data } = await oneRunning();
    await engine(runItem, "item/dispatched", data);
    await settleLeftovers(item.id);
    expect(await sessionRow(draft.id)).toMatchObject({ state: "finished", completedCount: 1 });
    const tries = await testDb.db.select().from(attempts).where(eq(attempts.itemId, item.id));
    expect(tries.filter(({ outcome }) => outcome === "completed")).toHaveLength(1);
    // Every call of a model has its attempt row, written before.
    expect(calls.length).toBeLessThanOrEqual(tries.length);
  });

  test("the same event ten times is one call", async () => {
    const { draft, item, data } = await oneRunning();
    await Promise.all(Array.from({ length: 10 }, () => engine(runItem, "item/dispatched", data)));
    await engine(runItem, "item/dispatched", data);
    await settleLeftovers(item.id);
    expect(await sessionRow(draft.id)).toMatchObject({ state: "finished", completedCount: 1 });
    const [{ sent } = { sent: 0 }] = await testDb.db.execute<{ sent: number }>(
      sql`select count(*)::int as sent from attempts where item_id = ${item.id} and sent_at is not null`,
    );
    expect(calls).toHaveLength(sent);
  });

  test("an event of an earlier hand-out does nothing", async () => {
    const { draft, data } = await oneRunning();
    await engine(runItem, "item/dispatched", { ...data, dispatch: data.dispatch - 1 });
    expect(calls).toHaveLength(0);
    expect((await sessionRow(draft.id)).runningCount).toBe(1);
    await engine(runItem, "item/dispatched", data);
    await settleLeftovers(data.itemId);
  });

  test("a lost event is healed by the reconciler", async () => {
    const { draft, item } = await oneRunning();
    await expire(item.id);
    await engine(reconcile, "inngest/scheduled.timer", {});
    const [again] = await testDb.db.select().from(items).where(eq(items.id, item.id));
    expect(again).toMatchObject({ status: "running", dispatch: item.dispatch + 1 });
    await engine(runItem, "item/dispatched", { itemId: item.id, dispatch: item.dispatch + 1 });
    await settleLeftovers(item.id);
    expect((await sessionRow(draft.id)).state).toBe("finished");
  });
});

test("an event that does not fit is refused with the name of what is wrong", async () => {
  await expect(embedded(plain)(runItem, "item/dispatched", { itemId: "no-id", dispatch: 1 })).rejects.toThrow(
    "itemId",
  );
});

test("every function has a name and a trigger of its own", () => {
  expect(new Set(functions.map(({ options }) => options.id)).size).toBe(functions.length);
});

test("probes come in as events too", async () => {
  const user = await newUser();
  const draft = await newDraft({ userId: user.id, count: 1 });
  const [inputId] = draft.inputIds;
  await testDb.db
    .update(inputs)
    .set({ state: "probing", imageId: null })
    .where(eq(inputs.id, inputId ?? ""));
  await embedded(plain)(reconcile, "inngest/scheduled.timer", {});
  const [row] = await testDb.db
    .select()
    .from(inputs)
    .where(eq(inputs.id, inputId ?? ""));
  const probe = functions.find(({ options }) => options.id === "probe-input");
  await probe?.handle({ inputId, probe: row?.probes }, { step: plain, runId: randomUUID() });
  const [probed] = await testDb.db
    .select()
    .from(inputs)
    .where(eq(inputs.id, inputId ?? ""));
  // Its bytes never came, and that is said.
  expect(probed).toMatchObject({ state: "refused", refusal: "UPLOAD_LOST" });
});

async function expire(itemId: string) {
  await testDb.db
    .update(items)
    .set({ leaseUntil: new Date(0) })
    .where(eq(items.id, itemId));
}

/** An item whose answer was lost waits for the end of its lease; then it is made again. */
async function settleLeftovers(itemId: string) {
  const [item] = await testDb.db.select().from(items).where(eq(items.id, itemId));
  if (item?.status !== "running") return;
  await expire(itemId);
  await embedded(plain)(reconcile, "inngest/scheduled.timer", {});
  await embedded(plain)(runItem, "item/dispatched", { itemId, dispatch: item.dispatch + 1 });
}
