import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attempts, inputs, items } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { onFakeInngest } from "@/scripts/testing/fake-inngest/in-process";
import { registerEchoModel } from "@/scripts/testing/models";
import { startQueue } from "./engine/queue";
import { tasksOf } from "./engine/tasks";
import { runItem } from "./functions/run-item";

// What a run that threw to its last retry leaves behind: on both engines the row is given back at once.

let testDb: TestDb;

beforeAll(async () => {
  testDb = await createTestDb();
  registerEchoModel();
});
afterAll(() => testDb.close());

async function oneRunning() {
  const user = await newUser();
  const draft = await newDraft({ userId: user.id, count: 1 });
  await startSession({ userId: user.id, sessionId: draft.id });
  const [item] = await testDb.db.select().from(items).where(eq(items.sessionId, draft.id));
  if (item?.status !== "running") throw new Error("the item was not handed out");
  return { draft, item, data: { itemId: item.id, dispatch: item.dispatch } };
}

async function itemOf(id: string) {
  const [item] = await testDb.db.select().from(items).where(eq(items.id, id));
  return item;
}

test("embedded: after the last try of its job an item waits its turn again, with no attempt left open", async () => {
  const { item, data } = await oneRunning();
  const broken = { ...runItem, handle: () => Promise.reject(new Error("it was told to")) };
  const queue = startQueue(tasksOf([broken]));
  await testDb.db.execute(
    sql`select graphile_worker.add_job('item/dispatched', ${JSON.stringify(data)}::json, max_attempts := 1)`,
  );
  await expect.poll(async () => (await itemOf(item.id))?.leaseToken).not.toBe(item.leaseToken);
  await queue.stop();
  const open = sql`${attempts.outcome} = 'sending'`;
  expect(await testDb.db.select().from(attempts).where(open)).toEqual([]);
  expect(await itemOf(item.id)).toMatchObject({ status: "queued" });
});

test("Inngest: the function for failures does the same, and leaves a later hand-out alone", async () => {
  await testDb.db.execute(sql`delete from items`);
  const { draft, item, data } = await oneRunning();
  const host = await onFakeInngest({ deliveries: () => [] });
  const fail = (given: { itemId: string; dispatch: number }) =>
    host.inngest.executor.run(host.find("run-item-failure"), {
      name: "inngest/function.failed",
      data: {
        function_id: "contact-sheet-run-item",
        run_id: "01RUN",
        error: { name: "Error", message: "it was told to" },
        event: { name: "item/dispatched", data: given },
      },
    });
  await fail({ ...data, dispatch: data.dispatch - 1 });
  expect(await itemOf(item.id)).toEqual(item);
  await fail(data);
  expect(host.inngest.executor.ended.map(({ how }) => how)).toEqual(["done", "done"]);
  expect(await itemOf(item.id)).toMatchObject({ status: "queued", leaseToken: null });
  expect(await sessionRow(draft.id)).toMatchObject({ runningCount: 0, queuedCount: 1 });

  const [inputId = ""] = draft.inputIds;
  const probing = { state: "probing", probes: 3, probeLeaseUntil: new Date(Date.now() + 60_000) } as const;
  await testDb.db.update(inputs).set(probing).where(eq(inputs.id, inputId));
  await host.inngest.executor.run(host.find("probe-input-failure"), {
    name: "inngest/function.failed",
    data: { error: {}, event: { name: "input/probe.requested", data: { inputId, probe: 3 } } },
  });
  const [input] = await testDb.db.select().from(inputs).where(eq(inputs.id, inputId));
  expect(input).toMatchObject({ state: "probing", probes: 3, probeLeaseUntil: null });
  await host.close();
});
