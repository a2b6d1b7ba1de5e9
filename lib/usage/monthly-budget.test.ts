import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { audit, months, type Session, sessions } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { env, forgetEnv } from "@/lib/env";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { registerEchoModel } from "@/scripts/testing/models";
import { startSession } from "../sessions/mutations/start-session";
import { capOf, leftOf } from "./cap";
import { setMonthlyBudget } from "./mutations/set-monthly-budget";
import { monthUsage } from "./queries/month-usage";
import { monthlyBudgetSchema } from "./schemas";

let testDb: TestDb;
let userId: string;
const dollars = (amount: number) => amount * 1_000_000;

beforeAll(async () => {
  testDb = await createTestDb();
  registerEchoModel();
});
afterAll(() => testDb.close());
beforeEach(async () => {
  userId = (await newUser()).id;
});
afterEach(() => setInstallation(undefined));

function setInstallation(value: string | undefined) {
  if (value === undefined) delete process.env.MONTHLY_BUDGET;
  else process.env.MONTHLY_BUDGET = value;
  forgetEnv();
}

async function thisMonth(spend: number, reserved = 0) {
  const month = sql<string>`date_trunc('month', now() at time zone 'utc')::date`;
  await testDb.db.insert(months).values({ ownerId: userId, month, spend, reserved });
  await testDb.db.insert(months).values({ ownerId: userId, month: "2020-01-01", spend: dollars(900) });
}

async function pausedSession(pauseReason: Session["pauseReason"], ownerId = userId) {
  const draft = await newDraft({ userId: ownerId });
  await startSession({ userId: ownerId, sessionId: draft.id });
  await testDb.db.update(sessions).set({ state: "paused", pauseReason }).where(eq(sessions.id, draft.id));
  return draft.id;
}

test("without a stop of one's own the installation's holds, and one's own wins over it", async () => {
  await thisMonth(dollars(3), dollars(1));
  expect(await monthUsage({ userId })).toMatchObject({ own: null, installation: null, spend: dollars(3) });
  expect(leftOf(await monthUsage({ userId }))).toBeNull();
  setInstallation("2.01");
  expect(capOf(await monthUsage({ userId }))).toBe(2_010_000);
  expect(leftOf(await monthUsage({ userId }))).toBe(0);
  await setMonthlyBudget({ userId, budget: dollars(10) });
  expect(leftOf(await monthUsage({ userId }))).toBe(dollars(6));
  await setMonthlyBudget({ userId, budget: null });
  expect(capOf(await monthUsage({ userId }))).toBe(2_010_000);
});

test("an installation's budget that is no amount stops the start with its name", () => {
  for (const wrong of ["a lot", "-1", "0", "1e12"]) {
    setInstallation(wrong);
    expect(() => env()).toThrow("MONTHLY_BUDGET");
  }
});

test("raising it resumes what stood still because of it, and nothing else", async () => {
  await thisMonth(dollars(5));
  const stranger = await newUser();
  const [stopped, other, byHand, foreign] = await Promise.all([
    pausedSession("month_budget"),
    pausedSession("budget"),
    pausedSession(null),
    pausedSession("month_budget", stranger.id),
  ]);
  expect(await setMonthlyBudget({ userId, budget: dollars(5) })).toMatchObject({ value: { resumed: 0 } });
  expect((await monthUsage({ userId })).pausedSessions).toBe(1);
  expect((await sessionRow(stopped)).state).toBe("paused");
  expect(await setMonthlyBudget({ userId, budget: dollars(6) })).toMatchObject({ value: { resumed: 1 } });
  expect((await sessionRow(stopped)).state).toBe("running");
  for (const id of [other, byHand, foreign]) expect((await sessionRow(id)).state).toBe("paused");
  expect(await setMonthlyBudget({ userId, budget: dollars(6) })).toMatchObject({ value: { resumed: 0 } });
});

test("taking the stop away resumes too", async () => {
  await thisMonth(dollars(5));
  await setMonthlyBudget({ userId, budget: dollars(1) });
  const stopped = await pausedSession("month_budget");
  expect(await setMonthlyBudget({ userId, budget: null })).toEqual({
    ok: true,
    value: { resumed: 1, cap: null },
  });
  expect((await sessionRow(stopped)).state).toBe("running");
});

test("each change is in the audit with what it was before", async () => {
  await setMonthlyBudget({ userId, budget: dollars(60) });
  await setMonthlyBudget({ userId, budget: null });
  const rows = await testDb.db.select().from(audit).where(eq(audit.ownerId, userId)).orderBy(audit.id);
  expect(rows.map(({ action, before, after }) => [action, before, after])).toEqual([
    ["month.budget", { budget: null }, { budget: dollars(60) }],
    ["month.budget", { budget: dollars(60) }, { budget: null }],
  ]);
});

test.each([
  ["60", dollars(60)],
  ["$1,000.50", dollars(1_000.5)],
  ["  ", null],
])("typed %s is a stop", (amount, budget) => {
  expect(monthlyBudgetSchema.parse({ amount })).toEqual({ amount: budget });
});

test.each([
  ["0", 'An amount is written like "60" or "60.50"'],
  ["-5", 'An amount is written like "60" or "60.50"'],
  ["lots", 'An amount is written like "60" or "60.50"'],
  ["2000000", "A month can stop at $1,000,000 at most"],
])("typed %s is refused in words", (amount, words) => {
  expect(monthlyBudgetSchema.safeParse({ amount }).error?.issues.map(({ message }) => message)).toEqual([
    words,
  ]);
});
