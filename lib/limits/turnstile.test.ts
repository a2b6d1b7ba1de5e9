import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { limits } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { takeTurns } from "./mutations";
import { readTurns } from "./queries";
import { holdLine, waitForTurn } from "./turnstile";

let testDb: TestDb;
const never = new AbortController().signal;

beforeAll(async () => {
  testDb = await createTestDb();
});
beforeEach(async () => {
  await testDb.db.delete(limits);
  await testDb.db.insert(limits).values({ connection: "paid", inFlight: 64 });
});
afterAll(() => testDb.close());

function wait(signal = never, ownerId = "owner") {
  return waitForTurn("paid", { ownerId, sessionId: `of ${ownerId}`, units: 1, signal });
}

test("a turn is given once, however many workers ask for it at the same time", async () => {
  await testDb.db.update(limits).set({ imagesPerMinute: 6, rateSource: "told" });
  const asked = await Promise.all(
    Array.from({ length: 8 }, () => takeTurns("paid", { line: [1], aheadMs: 50 })),
  );
  expect(asked.flatMap(({ waits }) => waits)).toHaveLength(1);
});

test("a connection without a limiter or a rate holds nobody up", async () => {
  expect(await wait()).toBe("go");
  expect(await waitForTurn("none", { ownerId: "o", sessionId: "s", units: 1, signal: never })).toBe("go");
});

test("who comes to a line of many of another's has every second turn", async () => {
  // One turn in 50 ms, none of them at once.
  await testDb.db.update(limits).set({ imagesPerMinute: 1_212, rateSource: "default" });
  const left: string[] = [];
  const crowd = Array.from({ length: 30 }, () => wait(never, "crowd").then(() => left.push("crowd")));
  const two = Array.from({ length: 2 }, () => wait(never, "late").then(() => left.push("late")));
  await Promise.all([...crowd, ...two]);
  expect(left.lastIndexOf("late")).toBeLessThan(12);
});

test("nobody leaves while the news of a refusal is on its way", async () => {
  let write = () => {};
  let written = false;
  const news = new Promise<void>((resolve) => {
    write = resolve;
  });
  const held = holdLine("paid", news);
  const left = Array.from({ length: 3 }, () => wait().then(() => written));
  // As many questions as a line would ask if it did not wait.
  for (let at = 0; at < 10; at += 1) await readTurns("paid");
  written = true;
  write();
  await held;
  expect(await Promise.all(left)).toEqual([true, true, true]);
});

test("a long silence sends everybody back, and who gives up leaves the line", async () => {
  const blocked = (time: string) =>
    testDb.db
      .update(limits)
      .set({ blockedUntil: sql`now() + ${time}::interval`, blockedWhy: "rate_limited" })
      .where(eq(limits.connection, "paid"));
  await blocked("1 hour");
  expect(await Promise.all([wait(), wait()])).toEqual(["silence", "silence"]);
  await blocked("4 seconds");
  const given = new AbortController();
  const up = wait(given.signal);
  given.abort(new Error("the lease is gone"));
  await expect(up).rejects.toThrow("the lease is gone");
});
