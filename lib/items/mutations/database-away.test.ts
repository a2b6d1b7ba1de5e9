import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attempts, items, limits } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { runItem } from "@/inngest/functions/run-item";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { auditMoney } from "@/lib/usage/queries/audit-money";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { registerPaidModel } from "@/scripts/testing/models";

// The database breaks the connection off in the middle of a statement, once, at every write of a paid item.

let testDb: TestDb;
const { calls } = registerPaidModel();

beforeAll(async () => {
  testDb = await createTestDb();
  await testDb.db.insert(limits).values({ connection: "paid", inFlight: 8 });
});
afterAll(async () => {
  await testDb.close();
});

const step = { run: <T>(_id: string, work: () => Promise<T>) => work() };

test.each([
  ["the attempt is begun", "insert", "true"],
  ["it is marked as sent", "update", "old.sent_at is null and new.sent_at is not null"],
  ["its answer is stored", "update", "old.received_at is null and new.received_at is not null"],
  ["it is settled", "update", "old.outcome = 'sending' and new.outcome <> 'sending'"],
])("a connection that breaks while %s costs no item and no second call", async (_, event, when) => {
  calls.length = 0;
  const { id: userId } = await newUser();
  const draft = await newDraft({ userId, count: 1, model: "paid", settings: { reuse: false } });
  await startSession({ userId, sessionId: draft.id });
  const cuts = await breakOnce(event, when);
  const [item] = await testDb.db.select().from(items).where(eq(items.sessionId, draft.id));
  if (!item) throw new Error("no item");
  await runItem.handle({ itemId: item.id, dispatch: item.dispatch }, { step, runId: randomUUID() });
  expect(await cuts()).toBeGreaterThan(1);
  expect(await sessionRow(draft.id)).toMatchObject({ state: "finished", completedCount: 1, reserved: 0 });
  const tries = await testDb.db.select().from(attempts).where(eq(attempts.itemId, item.id));
  expect(tries).toMatchObject([{ outcome: "completed", charge: "charged" }]);
  expect(calls).toHaveLength(1);
  expect(await auditMoney()).toEqual([]);
});

/** The next such write of an attempt ends its own connection. Answers how often one was tried since. */
async function breakOnce(event: string, when: string): Promise<() => Promise<number>> {
  await testDb.db.execute(
    sql.raw(`
    drop sequence if exists breaks cascade;
    create sequence breaks;
    create or replace function break_off() returns trigger language plpgsql as $$
    begin
      if nextval('breaks') = 1 then perform pg_terminate_backend(pg_backend_pid()); end if;
      return new;
    end $$;
    drop trigger if exists break_off on attempts;
    create trigger break_off before ${event} on attempts for each row when (${when}) execute function break_off()`),
  );
  return async () => {
    const [row] = await testDb.db.execute<{ n: number }>(sql`select last_value::int as n from breaks`);
    return row?.n ?? 0;
  };
}
