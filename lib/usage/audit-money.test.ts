import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { audit, sessions } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { newUser } from "@/scripts/testing/factories";
import { addTry, newPaidSession } from "@/scripts/testing/paid-tries";
import { auditMoney } from "./queries/audit-money";

let testDb: TestDb;
let ownerId: string;
let sessionId: string;
let attemptId: string;

beforeAll(async () => {
  testDb = await createTestDb();
});
afterAll(() => testDb.close());
beforeEach(async () => {
  ownerId = (await newUser()).id;
  const session = await newPaidSession({ ownerId });
  sessionId = session.sessionId;
  attemptId = (await addTry(session, { cost: 41_000, reserved: 90_000 })).id;
  await addTry(session, { outcome: "lost", charge: "maybe", cost: 90_000 });
  await addTry(session, { outcome: "blocked", charge: "none", reserved: 90_000 });
  await addTry(session, { outcome: "sending", reserved: 90_000 });
  await addTry(session, { outcome: "reused", charge: "none", reserved: 0 });
  await addTry(session, { startedAt: new Date("2026-01-31T23:59:59Z") });
});

test("all adds up, with a call under way, one whose answer was lost, and one of another month", async () => {
  expect(await auditMoney({ ownerId })).toEqual([]);
});

const BREAKS: [
  string,
  string[],
  (id: { session: string; attempt: string; owner: string }) => ReturnType<typeof sql>,
][] = [
  [
    "a session that shows too little",
    ["session.attempts", "session.spend"],
    ({ session }) => sql`update sessions set spend = spend - 1 where id = ${session}`,
  ],
  [
    "a reservation never given back",
    ["session.reserved"],
    ({ session }) => sql`update sessions set reserved = reserved + 90000 where id = ${session}`,
  ],
  [
    "a doubt that is not shown",
    ["session.maybe_spend"],
    ({ session }) => sql`update sessions set maybe_spend = 0 where id = ${session}`,
  ],
  [
    "a month that counts twice",
    ["month.spend"],
    ({ owner }) =>
      sql`update months set spend = spend + 41000 where owner_id = ${owner} and month > '2026-02-01'`,
  ],
  [
    "a month that lost its row",
    ["month.spend"],
    ({ owner }) => sql`delete from months where owner_id = ${owner} and month = '2026-01-01'`,
  ],
  [
    "a month that holds nothing of what is held",
    ["month.reserved"],
    ({ owner }) => sql`update months set reserved = 0 where owner_id = ${owner}`,
  ],
  [
    "a charge without an entry",
    ["attempt.charge", "month.spend", "session.spend"],
    ({ attempt }) => sql`delete from ledger where attempt_id = ${attempt} and kind = 'charge'`,
  ],
  [
    "an attempt that ended and still holds",
    ["attempt.release", "month.reserved", "session.reserved"],
    ({ attempt }) => sql`delete from ledger where attempt_id = ${attempt} and kind = 'release'`,
  ],
  [
    "an attempt that was charged and says it was not",
    ["attempt.charge", "attempt.cost"],
    ({ attempt }) => sql`update attempts set charge = 'none' where id = ${attempt}`,
  ],
  [
    "charged and perhaps charged at once",
    ["attempt.maybe", "entry.both", "month.spend", "session.maybe_spend", "session.spend"],
    ({ attempt }) => sql`insert into ledger (owner_id, session_id, attempt_id, kind, amount)
      select owner_id, session_id, attempt_id, 'maybe', amount from ledger
      where attempt_id = ${attempt} and kind = 'charge'`,
  ],
  [
    "less than nothing",
    ["negative", "session.reserved"],
    ({ session }) => sql`update sessions set reserved = -1 where id = ${session}`,
  ],
];

describe("it names", () => {
  test.each(BREAKS)("%s", async (_, checks, damage) => {
    await testDb.db.execute(damage({ session: sessionId, attempt: attemptId, owner: ownerId }));
    const found = new Set((await auditMoney({ ownerId })).map(({ check }) => check));
    expect([...found].sort()).toEqual(checks);
    const stranger = await newUser();
    expect(await auditMoney({ ownerId: stranger.id })).toEqual([]);
    expect((await auditMoney()).length).toBeGreaterThanOrEqual(found.size);
  });

  test("how much is missing, and where", async () => {
    await testDb.db.update(sessions).set({ reserved: 0 }).where(eq(sessions.id, sessionId));
    expect(await auditMoney({ ownerId })).toEqual([
      { check: "session.reserved", id: sessionId, expected: 90_000, found: 0 },
    ]);
  });

  test("an entry in another person's name", async () => {
    const stranger = await newUser();
    await testDb.db.execute(
      sql`update ledger set owner_id = ${stranger.id} where attempt_id = ${attemptId} and kind = 'charge'`,
    );
    const found = await auditMoney({ ownerId: stranger.id });
    expect(found.map(({ check }) => check)).toContain("entry.foreign");
  });
});

test("a session gone for good takes its entries along, and its month keeps what it cost", async () => {
  const session = await newPaidSession({ ownerId });
  await addTry(session);
  await testDb.db.delete(sessions).where(eq(sessions.id, session.sessionId));
  expect((await auditMoney({ ownerId })).map(({ check }) => check)).toEqual(["month.spend"]);
  await testDb.db
    .insert(audit)
    .values({ ownerId, actor: "test", action: "session.delete", sessionId: session.sessionId });
  expect(await auditMoney({ ownerId })).toEqual([]);
  await testDb.db.execute(sql`update months set spend = 0 where owner_id = ${ownerId}`);
  expect((await auditMoney({ ownerId })).map(({ check }) => check)).toEqual(["month.spend", "month.spend"]);
});
