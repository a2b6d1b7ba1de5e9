import Papa from "papaparse";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sessions } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { unguardCell } from "@/lib/zip/formula-guard";
import { newUser } from "@/scripts/testing/factories";
import { addTry, newPaidSession } from "@/scripts/testing/paid-tries";
import { figuresOf } from "./figures";
import { hasUsage } from "./queries/month-usage";
import { usageLines } from "./queries/usage-lines";
import { usageOf } from "./queries/usage-of";
import type { UsageNumbers } from "./types";
import { usageCsv } from "./usage-csv";

let testDb: TestDb;
let userId: string;
const november = { from: "2026-11-01", to: "2026-11-30" };
const at = (text: string) => new Date(`2026-11-${text}Z`);

beforeAll(async () => {
  testDb = await createTestDb();
});
afterAll(() => testDb.close());
beforeEach(async () => {
  userId = (await newUser()).id;
});

/** Two sessions on two days with two models, and a try of every kind. */
async function seed(name = "Autumn") {
  const autumn = await newPaidSession({ ownerId: userId, name });
  const cheap = await newPaidSession({ ownerId: userId, name: "Cheap" });
  const first = await addTry(autumn, { startedAt: at("03T10:00:00"), outcome: "failed", charge: "charged" });
  await addTry(autumn, { startedAt: at("03T10:01:00"), itemId: first.itemId, tookMs: 20_000 });
  await addTry(autumn, { startedAt: at("04T23:59:59"), approved: true, cost: 50_000 });
  await addTry(autumn, { startedAt: at("04T10:00:00"), outcome: "blocked", charge: "none" });
  await addTry(autumn, { startedAt: at("04T10:00:00"), outcome: "lost", charge: "maybe", cost: 90_000 });
  await addTry(autumn, { startedAt: at("04T10:00:00"), outcome: "sending", reserved: 90_000 });
  await addTry(autumn, {
    ...{ startedAt: at("04T10:00:00"), outcome: "failed", charge: "none", errorCode: "rate_limited" },
  });
  const free = { model: "studio", charge: "none" } as const;
  await addTry(cheap, { ...free, startedAt: at("03T00:00:00") });
  await addTry(cheap, { ...free, startedAt: at("03T00:00:00"), outcome: "reused", approved: true });
  return { autumn, cheap };
}

test("every kind of try is counted once, and what it cost", async () => {
  await seed();
  const { total } = await usageOf({ userId, ...november });
  expect(total).toEqual({
    ...{ made: 3, reused: 1, failed: 1, blocked: 1, unknown: 1, slowed: 1, approved: 2 },
    ...{ charged: 130_000, maybe: 90_000, chargedFailures: 1, failureCost: 40_000 },
    meanMs: (20_000 + 10_000 + 10_000) / 3,
  });
  expect(figuresOf(total)).toEqual({
    ...{ images: 4, cost: 220_000, successRate: 3 / 6, perImage: 55_000, perApproved: 110_000 },
  });
});

test("days, sessions and models each add up to the whole", async () => {
  const { autumn, cheap } = await seed();
  const { total, days, sessions: bySession, models } = await usageOf({ userId, ...november });
  for (const parts of [days, bySession, models]) {
    for (const key of ["made", "reused", "failed", "unknown", "approved", "charged", "maybe"] as const) {
      expect(parts.reduce((sum, part) => sum + part[key], 0)).toBe(total[key]);
    }
  }
  expect(days.map(({ day, model, made }) => [day, model, made])).toEqual([
    ["2026-11-03", "gpt-image-2", 1],
    ["2026-11-03", "studio", 1],
    ["2026-11-04", "gpt-image-2", 1],
  ]);
  expect(bySession.map(({ sessionId, name }) => [sessionId, name])).toEqual([
    [autumn.sessionId, "Autumn"],
    [cheap.sessionId, "Cheap"],
  ]);
  expect(models.map(({ model, meanMs }) => [model, meanMs])).toEqual([
    ["gpt-image-2", 15_000],
    ["studio", 10_000],
  ]);
});

test("an approval counts for the try whose picture is shown", async () => {
  const session = await newPaidSession({ ownerId: userId });
  const { itemId } = await addTry(session, { startedAt: at("03T10:00:00"), approved: true });
  await addTry(session, { startedAt: at("05T10:00:00"), itemId });
  expect((await usageOf({ userId, from: "2026-11-03", to: "2026-11-03" })).total.approved).toBe(0);
  expect((await usageOf({ userId, ...november })).total.approved).toBe(1);
});

test("a period has its first and its last instant, in UTC, and nothing else", async () => {
  const session = await newPaidSession({ ownerId: userId });
  for (const time of ["02T23:59:59.999", "03T00:00:00.000", "03T23:59:59.999", "04T00:00:00.000"]) {
    await addTry(session, { startedAt: at(time) });
  }
  expect((await usageOf({ userId, from: "2026-11-03", to: "2026-11-03" })).total.made).toBe(2);
});

test("nobody sees what others made, and before the first image there is nothing", async () => {
  await seed();
  const stranger = await newUser();
  const nothing = await usageOf({ userId: stranger.id, ...november });
  expect(nothing.total).toMatchObject({ made: 0, charged: 0, meanMs: null });
  expect([nothing.days, nothing.sessions, nothing.models]).toEqual([[], [], []]);
  expect(await usageLines({ userId: stranger.id, ...november })).toEqual([]);
  expect([await hasUsage({ userId }), await hasUsage({ userId: stranger.id })]).toEqual([true, false]);
});

test("a session in the trash keeps its line", async () => {
  const { cheap } = await seed();
  await testDb.db.update(sessions).set({ deletedAt: new Date() });
  const { sessions: rows } = await usageOf({ userId, ...november });
  expect(rows.find(({ sessionId }) => sessionId === cheap.sessionId)).toMatchObject({
    inTrash: true,
    made: 1,
  });
});

describe("the CSV", () => {
  test("adds up to the page, and no name in it acts as a formula", async () => {
    const name = '=HYPERLINK("http://example.com","a, b")';
    await seed(name);
    const text = usageCsv(await usageLines({ userId, ...november }));
    const { data, errors } = Papa.parse<Record<string, string>>(text.replace("\ufeff", "").trimEnd(), {
      header: true,
    });
    expect(errors).toEqual([]);
    expect(text.startsWith("\ufeffday_utc,session,session_id,model,made,")).toBe(true);
    expect(data.map(({ day_utc, model }) => [day_utc, model])).toEqual([
      ["2026-11-03", "gpt-image-2"],
      ["2026-11-03", "studio"],
      ["2026-11-04", "gpt-image-2"],
    ]);
    expect(data[0]?.session?.startsWith("'=")).toBe(true);
    expect(unguardCell(data[0]?.session ?? "")).toBe(name);
    const sum = (column: string) => data.reduce((total, row) => total + Number(row[column]), 0);
    expect([sum("made"), sum("charged_usd"), sum("perhaps_charged_usd")]).toEqual([3, 0.13, 0.09]);
    expect(data[1]).toMatchObject({
      charged_usd: "0",
      usd_per_image: "0",
      success_rate: "1",
      mean_seconds: "10",
    });
  });

  test("leaves empty what there is no figure for", () => {
    const nothing: UsageNumbers = {
      ...{ made: 0, reused: 0, failed: 0, blocked: 0, unknown: 0, slowed: 1, approved: 0 },
      ...{ charged: 0, maybe: 0, chargedFailures: 0, failureCost: 0, meanMs: null },
    };
    const text = usageCsv([{ ...nothing, day: "2026-11-03", session: "A", sessionId: "b", model: "c" }]);
    expect(text.split("\r\n")[1]).toBe("2026-11-03,A,b,c,0,0,0,0,0,1,0,,,0,0,0,0,,");
  });
});
