import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { attempts, items, sessions } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { DEFAULT_PROVIDER, DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { newDraft, newImage, newUser } from "@/scripts/testing/factories";
import { registerEchoModel } from "@/scripts/testing/models";
import { packItem, unpackItem } from "../wire";
import { getItemDetails } from "./get-item-details";
import { listItemRows } from "./list-item-rows";

let testDb: TestDb;
let userId: string;

beforeAll(async () => {
  testDb = await createTestDb();
  registerEchoModel();
});
afterAll(() => testDb.close());
beforeEach(async () => {
  userId = (await newUser()).id;
});

type Try = Partial<typeof attempts.$inferInsert> & { status: "completed" | "reused" | "failed" };

/** A started session; `made` answers the id of an attempt written onto one of its items. */
async function newRun() {
  const { id: sessionId } = await newDraft({ userId });
  await startSession({ userId, sessionId });
  const rows = await testDb.db
    .select({ id: items.id })
    .from(items)
    .where(eq(items.sessionId, sessionId))
    .orderBy(items.position);
  const itemIds = rows.map(({ id }) => id);
  const imageId = await newImage(userId);
  async function made(itemId: string, number: number, { status, ...given }: Try): Promise<string> {
    const [attempt] = await testDb.db
      .insert(attempts)
      .values({
        ownerId: userId,
        itemId,
        number,
        runId: `run ${number}`,
        prompt: "beach",
        model: "gpt-image-2",
        connection: "env",
        settings: { output: DEFAULT_SETTINGS.output, provider: DEFAULT_PROVIDER },
        outcome: status,
        imageId: status === "failed" ? null : imageId,
        ...given,
      })
      .returning({ id: attempts.id });
    if (!attempt) throw new Error("no attempt");
    const shown = status === "failed" ? {} : { currentAttemptId: attempt.id };
    await testDb.db
      .update(items)
      .set({ status, attemptCount: number, ...shown })
      .where(eq(items.id, itemId));
    return attempt.id;
  }
  const row = async (itemId: string) => {
    const [found] = await listItemRows(sql`i.id = ${itemId}`, 1);
    if (!found) throw new Error("no row");
    return unpackItem(packItem(found));
  };
  return { sessionId, itemIds, made, row };
}

test("a row tells all that was charged, and which part of it nobody is sure of", async () => {
  const { itemIds, made, row } = await newRun();
  const [itemId = ""] = itemIds;
  await made(itemId, 1, {
    status: "failed",
    charge: "maybe",
    cost: 64_000,
    errorCode: "timeout",
    errorWords: "-",
  });
  await made(itemId, 2, {
    status: "failed",
    charge: "none",
    cost: 0,
    errorCode: "overloaded",
    errorWords: "-",
  });
  await made(itemId, 3, { status: "completed", charge: "charged", cost: 42_000 });
  expect(await row(itemId)).toMatchObject({ cost: 106_000, maybeCost: 64_000, reusedFrom: null });
});

test("a result used again names the one it came from, here or in another session", async () => {
  const run = await newRun();
  const [first = "", second = ""] = run.itemIds;
  const origin = await run.made(first, 1, { status: "completed", charge: "charged", cost: 42_000 });
  await run.made(second, 1, { status: "reused", reusedFrom: origin });
  expect(await run.row(second)).toMatchObject({ status: "reused", reusedFrom: 1, cost: 0 });

  const other = await newRun();
  const [third = ""] = other.itemIds;
  await other.made(third, 1, { status: "reused", reusedFrom: origin });
  expect(await other.row(third)).toMatchObject({ reusedFrom: 0 });
  expect((await getItemDetails({ itemId: third, userId }))?.attempts[0]).toMatchObject({
    connection: "env",
    reusedFrom: { sessionId: run.sessionId, position: 1, itemId: first },
  });

  await testDb.db.update(sessions).set({ deletedAt: new Date() }).where(eq(sessions.id, run.sessionId));
  expect((await getItemDetails({ itemId: third, userId }))?.attempts[0]?.reusedFrom).toBeNull();
});

test("details of somebody else's item are not there", async () => {
  const { itemIds } = await newRun();
  const stranger = await newUser();
  expect(await getItemDetails({ itemId: itemIds[0] ?? "", userId: stranger.id })).toBeNull();
});
