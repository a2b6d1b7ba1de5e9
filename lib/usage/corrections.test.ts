import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDb, type TestDb } from "@/db/test-db";
import { newUser } from "@/scripts/testing/factories";
import { learnFromAttempt } from "./mutations/learn-from-attempt";
import { correctionFor } from "./queries/correction-for";

let testDb: TestDb;
let ownerId: string;

beforeAll(async () => {
  testDb = await createTestDb();
});
afterAll(() => testDb.close());
beforeEach(async () => {
  ownerId = (await newUser()).id;
});

const kind = { model: "gpt-image-2", size: "1024x1024", quality: "medium" };
const learn = (actual: number, tookMs = 10_000) =>
  learnFromAttempt(testDb.db, { ownerId, ...kind, estimated: 40_000, actual, tookMs });

test("before the first attempt the price table stands and the time is not known", async () => {
  expect(await correctionFor({ ownerId, ...kind })).toEqual({ costFactor: 1, tookMs: null, samples: 0 });
});

test("the first attempt counts fully, the next ones a fifth", async () => {
  await learn(60_000, 20_000);
  expect(await correctionFor({ ownerId, ...kind })).toEqual({ costFactor: 1.5, tookMs: 20_000, samples: 1 });
  await learn(40_000, 10_000);
  const after = await correctionFor({ ownerId, ...kind });
  expect(after.costFactor).toBeCloseTo(1.4, 9);
  expect(after.tookMs).toBeCloseTo(18_000, 6);
  expect(after.samples).toBe(2);
});

test("attempts that end at the same time all count", async () => {
  await Promise.all(Array.from({ length: 12 }, () => learn(50_000)));
  const after = await correctionFor({ ownerId, ...kind });
  expect(after.costFactor).toBeCloseTo(1.25, 9);
  expect(after.samples).toBe(12);
});

test("one absurd attempt moves it by a bounded step, one without an estimate not at all", async () => {
  await learn(40_000);
  await learn(1e12);
  const after = await correctionFor({ ownerId, ...kind });
  expect(after.costFactor).toBeCloseTo(1 + 0.2 * 9, 9);
  await learnFromAttempt(testDb.db, { ownerId, ...kind, estimated: 0, actual: 5, tookMs: 5 });
  expect(await correctionFor({ ownerId, ...kind })).toEqual(after);
});

test("nobody learns from another person, size or quality", async () => {
  await learn(60_000);
  const nothing = { costFactor: 1, tookMs: null, samples: 0 };
  expect(await correctionFor({ ownerId: (await newUser()).id, ...kind })).toEqual(nothing);
  expect(await correctionFor({ ownerId, ...kind, quality: "high" })).toEqual(nothing);
  expect(await correctionFor({ ownerId, ...kind, size: "auto" })).toEqual(nothing);
});
