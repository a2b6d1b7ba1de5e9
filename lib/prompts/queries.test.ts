import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sessions } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { newDraft, newUser } from "@/scripts/testing/factories";
import { listEarlierPrompts } from "./queries";

let testDb: TestDb;
beforeAll(async () => {
  testDb = await createTestDb();
});
afterAll(() => testDb.close());

async function started(
  userId: string,
  prompt: string,
  day: number,
  over: Partial<typeof sessions.$inferInsert> = {},
) {
  const { id } = await newDraft({ userId, count: 1, prompt });
  const startedAt = new Date(Date.UTC(2026, 0, day));
  await testDb.db
    .update(sessions)
    .set({ startedAt, ...over })
    .where(eq(sessions.id, id));
}

test("earlier prompts: started ones of that person, each once, the one used last first", async () => {
  const [user, other] = [await newUser(), await newUser()];
  await started(user.id, "beach", 1);
  await started(user.id, "sepia", 2);
  await started(user.id, "beach", 3);
  await started(user.id, "", 4);
  await started(user.id, "deleted", 5, { deletedAt: new Date() });
  await started(user.id, "never started", 6, { startedAt: null });
  await started(other.id, "someone else's", 7);
  expect(await listEarlierPrompts({ userId: user.id })).toEqual(["beach", "sepia"]);
});
