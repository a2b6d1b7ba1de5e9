import { randomUUID } from "node:crypto";
import { InngestTestEngine } from "@inngest/test";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { attempts, audit, images, inputs, items, sessions } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { receiveUpload } from "@/lib/inputs/mutations/receive-upload";
import { registerInputs } from "@/lib/inputs/mutations/register-inputs";
import { deleteSession } from "@/lib/sessions/mutations/delete-session";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { connectEnv, disconnectEnv, goOn, QUEUE, startEconomy } from "@/scripts/testing/economy-rig";
import { newDraft, newUser, sessionRow, tinyPng } from "@/scripts/testing/factories";
import { type OnInngest, onFakeInngest } from "@/scripts/testing/fake-inngest/in-process";
import { startFakeProvider } from "@/scripts/testing/fake-provider/start-fake-provider";
import { type EchoCall, registerEchoModel } from "@/scripts/testing/models";
import { functions } from ".";
import type { DurableFunction, Step } from "./define";
import { fillBatches } from "./functions/fill-batches";
import { finishSession } from "./functions/finish-session";
import { probeInputFunction } from "./functions/probe-input";
import { reconcile } from "./functions/reconcile";
import { runItem } from "./functions/run-item";
import { sweep } from "./functions/sweep";
import { wakeConnection } from "./functions/wake-connection";
import { watchBatch } from "./functions/watch-batch";
import { toInngest } from "./to-inngest";

// The same functions on both engines, with every step once, repeated, and repeated after its answer was lost. Where the
// real SDK runs, it is called by a server that speaks its protocol; events go to that server and start nothing here.

type Engine = {
  run(one: DurableFunction, name: string, data: Record<string, unknown>): Promise<void>;
  close(): Promise<void>;
};

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

const embedded = (step: Step) => async (): Promise<Engine> => ({
  run: (one, _name, data) => one.handle(data, { step, runId: randomUUID() }),
  close: async () => {},
});

const nothingStarts = { deliveries: () => [] };

async function onTestEngine(): Promise<Engine> {
  const host = await onFakeInngest(nothingStarts);
  return {
    async run(one, name, data) {
      const engine = new InngestTestEngine({ function: toInngest(one), events: [{ name, data }] });
      const { error } = await engine.execute();
      if (error) throw error;
    },
    close: host.close,
  };
}

const onSdk = (options: { checkpoints: boolean; loseAnswers?: boolean }) => async (): Promise<Engine> => {
  const host: OnInngest = await onFakeInngest({ ...nothingStarts, ...options });
  return {
    run: (one, name, data) =>
      host.inngest.executor.run(host.find(one.options.id), { name, data }, ({ error }) => {
        throw new Error(String(error));
      }),
    close: host.close,
  };
};

const engines: [string, () => Promise<Engine>][] = [
  ["embedded", embedded(plain)],
  ["embedded, every step twice", embedded(twice)],
  ["embedded, every first answer lost", embedded(answerLost)],
  ["@inngest/test", onTestEngine],
  ["Inngest, a call for each step", onSdk({ checkpoints: false })],
  ["Inngest, steps told one by one in a call", onSdk({ checkpoints: true })],
  ["Inngest, every first answer lost", onSdk({ checkpoints: false, loseAnswers: true })],
  ["Inngest, every first answer in a call lost", onSdk({ checkpoints: true, loseAnswers: true })],
];

let testDb: TestDb;
let calls: EchoCall[];

beforeAll(async () => {
  process.env.STUDIO_CONCURRENCY = "1";
  testDb = await createTestDb();
  calls = registerEchoModel();
});
afterAll(async () => {
  delete process.env.STUDIO_CONCURRENCY;
  await testDb.close();
});

async function oneRunning() {
  const user = await newUser();
  const draft = await newDraft({ userId: user.id, count: 1 });
  await startSession({ userId: user.id, sessionId: draft.id });
  const [item] = await testDb.db.select().from(items).where(eq(items.sessionId, draft.id));
  if (item?.status !== "running") throw new Error("the item was not handed out");
  return { userId: user.id, draft, item, data: { itemId: item.id, dispatch: item.dispatch } };
}

async function itemOf(id: string) {
  const [item] = await testDb.db.select().from(items).where(eq(items.id, id));
  if (!item) throw new Error("no item");
  return item;
}

async function inputOf(id: string) {
  const [input] = await testDb.db.select().from(inputs).where(eq(inputs.id, id));
  if (!input) throw new Error("no input");
  return input;
}

describe.each(engines)("%s", (_name, start) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine.close());
  beforeEach(() => {
    calls.length = 0;
  });

  const timer = "inngest/scheduled.timer";
  const runOne = (data: Record<string, unknown>) => engine.run(runItem, "item/dispatched", data);

  async function expire(itemId: string) {
    await testDb.db.execute(sql`update items set lease_until = now() - interval '1 s' where id = ${itemId}`);
  }

  /** An item whose answer was lost waits for the end of its lease; then it is made again. */
  async function settleLeftovers(itemId: string) {
    for (let item = await itemOf(itemId); item.status === "running"; item = await itemOf(itemId)) {
      await expire(itemId);
      await embedded(plain)().then((one) => one.run(reconcile, timer, {}));
      const { dispatch } = await itemOf(itemId);
      await embedded(plain)().then((one) => one.run(runItem, "item/dispatched", { itemId, dispatch }));
    }
  }

  async function oneFinished() {
    const one = await oneRunning();
    await runOne(one.data);
    await settleLeftovers(one.data.itemId);
    return one;
  }

  test("an item ends with one result", async () => {
    const { draft, item, data } = await oneRunning();
    await runOne(data);
    await settleLeftovers(item.id);
    expect(await sessionRow(draft.id)).toMatchObject({ state: "finished", completedCount: 1 });
    const tries = await testDb.db.select().from(attempts).where(eq(attempts.itemId, item.id));
    expect(tries.filter(({ outcome }) => outcome === "completed")).toHaveLength(1);
    // Every call of a model has its attempt row, written before.
    expect(calls.length).toBeLessThanOrEqual(tries.length);
  });

  test("the same event ten times is one call", async () => {
    const { draft, item, data } = await oneRunning();
    await Promise.all(Array.from({ length: 10 }, () => runOne(data)));
    await runOne(data);
    await settleLeftovers(item.id);
    expect(await sessionRow(draft.id)).toMatchObject({ state: "finished", completedCount: 1 });
    const [{ sent } = { sent: 0 }] = await testDb.db.execute<{ sent: number }>(
      sql`select count(*)::int as sent from attempts where item_id = ${item.id} and sent_at is not null`,
    );
    expect(calls).toHaveLength(sent);
  });

  test("an event of an earlier hand-out does nothing", async () => {
    const { draft, data } = await oneRunning();
    await runOne({ ...data, dispatch: data.dispatch - 1 });
    expect(calls).toHaveLength(0);
    expect((await sessionRow(draft.id)).runningCount).toBe(1);
    await runOne(data);
    await settleLeftovers(data.itemId);
  });

  test("a lost event is healed by the reconciler", async () => {
    const { draft, item } = await oneRunning();
    await expire(item.id);
    await engine.run(reconcile, timer, {});
    await engine.run(reconcile, timer, {});
    expect(await itemOf(item.id)).toMatchObject({ status: "running", dispatch: item.dispatch + 1 });
    await runOne({ itemId: item.id, dispatch: item.dispatch + 1 });
    await settleLeftovers(item.id);
    expect((await sessionRow(draft.id)).state).toBe("finished");
  });

  test("a file is looked at once, whenever and however often its event comes", async () => {
    const user = await newUser();
    const { id: sessionId } = await newDraft({ userId: user.id, count: 1 });
    const bytes = await tinyPng("#a1b2c3");
    const [row] = await registerInputs({
      ...{ userId: user.id, sessionId },
      files: [{ clientId: randomUUID(), name: "a.png", path: "", bytes: bytes.length, modified: 1 }],
    });
    if (!row) throw new Error("not registered");
    const body = new Blob([new Uint8Array(bytes)]).stream();
    await receiveUpload({ userId: user.id, inputId: row.id, body, declaredBytes: bytes.length });
    const { probes } = await inputOf(row.id);
    const look = (probe: number) =>
      engine.run(probeInputFunction, "input/probe.requested", { inputId: row.id, probe });
    await look(probes - 1);
    expect(await inputOf(row.id)).toMatchObject({ state: "probing", probeWorkerId: null });
    await Promise.all([look(probes), look(probes)]);
    await look(probes);
    expect(await inputOf(row.id)).toMatchObject({ state: "ready", lostProbes: 0, crashes: 0 });
    const stored = await testDb.db.select().from(images).where(eq(images.ownerId, user.id));
    expect(stored).toHaveLength(2);
  });

  test("a file whose event was lost is handed out again, and says that its bytes never came", async () => {
    const user = await newUser();
    const { inputIds } = await newDraft({ userId: user.id, count: 1 });
    const [inputId = ""] = inputIds;
    await testDb.db.update(inputs).set({ state: "probing", imageId: null }).where(eq(inputs.id, inputId));
    await engine.run(reconcile, timer, {});
    const { probes: probe } = await inputOf(inputId);
    await engine.run(probeInputFunction, "input/probe.requested", { inputId, probe });
    expect(await inputOf(inputId)).toMatchObject({ state: "refused", refusal: "UPLOAD_LOST" });
  });

  test("the end of a session is written down once", async () => {
    const { draft, data } = await oneRunning();
    const end = () => engine.run(finishSession, "session/finished", { sessionId: draft.id });
    // Before its end it says nothing.
    await end();
    await runOne(data);
    await settleLeftovers(data.itemId);
    await end();
    await end();
    const records = await testDb.db
      .select()
      .from(audit)
      .where(and(eq(audit.sessionId, draft.id), eq(audit.action, "session.finish")));
    expect(records).toHaveLength(1);
  });

  test("a connection that is woken hands out what is due, each item once", async () => {
    const { draft, item, data } = await oneRunning();
    await testDb.db.execute(sql`
      with held as (update items set status = 'waiting', lease_token = null, lease_until = null,
        due_at = now() - interval '1 s' where id = ${item.id} returning session_id)
      update sessions set running_count = 0, waiting_count = 1 from held where id = held.session_id`);
    const wake = () => engine.run(wakeConnection, "connection/due", { connection: item.connection });
    await wake();
    await wake();
    expect(await itemOf(item.id)).toMatchObject({ status: "running", dispatch: item.dispatch + 1 });
    await runOne({ ...data, dispatch: item.dispatch + 1 });
    await settleLeftovers(item.id);
    expect((await sessionRow(draft.id)).state).toBe("finished");
  });

  test("a batch is ordered once and every line of it becomes one result", async () => {
    const fake = await startFakeProvider({ pictures: "tiny" });
    try {
      connectEnv(fake);
      fake.planBatches({ end: "expired", lines: 1 });
      const { sessionId } = await startEconomy({ count: 3 });
      await goOn(async () => (await sessionRow(sessionId)).state === "finished", {
        fill: () => engine.run(fillBatches, "economy/due", { queue: QUEUE }),
        watch: (batchId) => engine.run(watchBatch, "batch/due", { batchId }),
      });
      expect(fake.batches().map(({ counts }) => counts.completed)).toEqual([1, 2]);
      expect(await sessionRow(sessionId)).toMatchObject({ completedCount: 3, reserved: 0, maybeSpend: 0 });
    } finally {
      await fake.close();
      disconnectEnv();
    }
  });

  test("what was deleted a month ago is swept, and nothing else", async () => {
    const [gone, kept] = [await oneFinished(), await oneFinished()];
    await deleteSession({ userId: gone.userId, sessionId: gone.draft.id });
    await testDb.db.execute(
      sql`update sessions set deleted_at = now() - interval '31 days' where id = ${gone.draft.id}`,
    );
    await engine.run(sweep, timer, {});
    await engine.run(sweep, timer, {});
    const left = await testDb.db.select().from(sessions).where(eq(sessions.id, gone.draft.id));
    expect(left).toEqual([]);
    expect((await sessionRow(kept.draft.id)).completedCount).toBe(1);
  });
});

test("an event that does not fit is refused with the name of what is wrong", async () => {
  const { run } = await embedded(plain)();
  await expect(run(runItem, "item/dispatched", { itemId: "no-id", dispatch: 1 })).rejects.toThrow("itemId");
});

test("every function has a name and a trigger of its own", () => {
  expect(new Set(functions.map(({ options }) => options.id)).size).toBe(functions.length);
});
