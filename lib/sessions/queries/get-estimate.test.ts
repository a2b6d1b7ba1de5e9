import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { inputs, sessions, users } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { cacheKeyOf } from "@/lib/items/cache-key";
import { findModel, registerModel } from "@/lib/models/registry";
import { learnFromAttempt } from "@/lib/usage/mutations/learn-from-attempt";
import { newDraft, newUser } from "@/scripts/testing/factories";
import { registerEchoModel } from "@/scripts/testing/models";
import { DEFAULT_PROVIDER, DEFAULT_SETTINGS } from "../constants";
import { getEstimate } from "./get-estimate";

let testDb: TestDb;
let userId: string;

/** A cent for every image in, and as many for the answer as its quality says; `auto` is a range. */
const CENTS = { auto: [1, 4], low: [1, 1], medium: [2, 2], high: [4, 4] } as const;

beforeAll(async () => {
  testDb = await createTestDb();
  registerEchoModel();
  const echo = findModel("echo");
  if (!echo) throw new Error("no echo");
  registerModel({
    ...echo,
    id: "toll",
    capabilities: {
      ...echo.capabilities,
      paid: true,
      economy: true,
      maxInputs: 3,
      qualities: ["low", "medium", "high"],
    },
    price({ provider: { quality }, inputs: { length } }) {
      const [min, max] = CENTS[quality === "xhigh" || quality === "max" ? "high" : quality];
      return { min: (length + min) * 10_000, max: (length + max) * 10_000 };
    },
  });
});
afterAll(() => testDb.close());
beforeEach(async () => {
  userId = (await newUser()).id;
});

async function newTollDraft(quality: "auto" | "medium" = "medium") {
  const draft = await newDraft({ userId, model: "toll" });
  const settings = { ...DEFAULT_SETTINGS, model: "toll", provider: { ...DEFAULT_PROVIDER, quality } };
  await testDb.db.update(sessions).set({ settings }).where(eq(sessions.id, draft.id));
  return draft;
}

test("an exact price is the sum of what will be reserved, and every quality has its own", async () => {
  const { id: sessionId } = await newTollDraft();
  expect(await getEstimate({ sessionId, userId })).toMatchObject({
    items: 3,
    reused: 0,
    price: { min: 90_000, max: 90_000 },
    exact: true,
    each: { min: 30_000, max: 30_000 },
    byQuality: {
      low: { min: 20_000, max: 20_000 },
      medium: { min: 30_000, max: 30_000 },
      high: { min: 50_000, max: 50_000 },
    },
    budgetLeft: null,
    monthLeft: null,
    warnings: [],
  });
});

test("what waits for batches is told apart, and is nothing of a session that is made now", async () => {
  const { id: sessionId } = await newTollDraft();
  const none = { steps: 0, items: 0, price: { min: 0, max: 0 } };
  expect(await getEstimate({ sessionId, userId })).toMatchObject({ later: none });
  const settings = { ...DEFAULT_SETTINGS, model: "toll", lane: "economy" } as const;
  await testDb.db.update(sessions).set({ settings }).where(eq(sessions.id, sessionId));
  const estimate = await getEstimate({ sessionId, userId });
  expect(estimate?.later).toEqual({ steps: 1, items: 3, price: estimate?.price });
});

test("a range narrows to what earlier attempts cost, and their time counts", async () => {
  const { id: sessionId } = await newTollDraft("auto");
  expect(await getEstimate({ sessionId, userId })).toMatchObject({
    price: { min: 60_000, max: 150_000 },
    exact: false,
  });
  for (let i = 0; i < 3; i++) {
    await learnFromAttempt(testDb.db, {
      ownerId: userId,
      model: "toll",
      size: DEFAULT_PROVIDER.size,
      quality: "auto",
      estimated: 50_000,
      actual: 30_000,
      tookMs: 600_000,
    });
  }
  const after = await getEstimate({ sessionId, userId });
  expect(after?.price).toEqual({ min: 81_000, max: 99_000 });
  expect(after?.ms).toBeGreaterThanOrEqual(600_000);
});

test("removed, refused and left out images and other people's corrections do not count", async () => {
  const { id: sessionId, inputIds } = await newTollDraft();
  const [first = "", second = ""] = inputIds;
  await testDb.db.update(inputs).set({ removedAt: new Date() }).where(eq(inputs.id, first));
  await testDb.db.update(inputs).set({ excluded: true }).where(eq(inputs.id, second));
  expect(await getEstimate({ sessionId, userId })).toMatchObject({ items: 1, price: { max: 30_000 } });
});

test("references are paid for, up to what the model takes", async () => {
  const { id: sessionId, inputIds } = await newTollDraft();
  await testDb.db.execute(sql`
    insert into inputs (owner_id, session_id, role, for_input_id, position, state, source_name, source_bytes, image_id)
    select owner_id, session_id, 'reference', case when n = 1 then id end, -n, 'ready', 'r.png', 1, image_id
    from inputs, generate_series(1, 3) n where id = ${inputIds[0] ?? ""}`);
  const estimate = await getEstimate({ sessionId, userId });
  // Each image has two references of the session; the first has one more, which is one too many.
  expect(estimate).toMatchObject({ price: { max: 150_000 } });
  expect(estimate?.warnings.map(({ kind }) => kind)).toEqual(["crowded"]);
});

test("what was made before costs nothing, unless it is to be made anew, and only for its owner", async () => {
  const { id: sessionId, inputIds } = await newTollDraft();
  const [first = ""] = inputIds;
  await testDb.db
    .update(inputs)
    .set({ promptMode: "replace", prompt: "another" })
    .where(eq(inputs.id, first));
  await makeOnce(sessionId, "another");
  expect(await getEstimate({ sessionId, userId })).toMatchObject({
    items: 3,
    reused: 1,
    price: { max: 60_000 },
  });
  await testDb.db.execute(sql`
    update sessions set settings = jsonb_set(settings, '{reuse}', 'false') where id = ${sessionId}`);
  expect(await getEstimate({ sessionId, userId })).toMatchObject({ reused: 0, price: { max: 90_000 } });

  const stranger = await newUser();
  await testDb.db.execute(sql`
    update sessions set owner_id = ${stranger.id}, settings = jsonb_set(settings, '{reuse}', 'true')
    where id = ${sessionId}`);
  expect(await getEstimate({ sessionId, userId: stranger.id })).toMatchObject({ reused: 0 });
});

/** A result of that prompt on the one picture all inputs share, remembered as a finished attempt would be. */
async function makeOnce(sessionId: string, prompt: string) {
  const [source] = await testDb.db.execute<{ sha256: string; image_id: string }>(sql`
    select m.sha256, m.id as image_id from inputs i join images m on m.id = i.image_id
    where i.session_id = ${sessionId} limit 1`);
  if (!source) throw new Error("no input");
  const { connection, provider, output } = DEFAULT_SETTINGS;
  const key = cacheKeyOf({
    ...{ connection, provider, output, model: "toll", prompt, variant: 1 },
    ...{ source: source.sha256, references: [], mask: null },
  });
  await testDb.db.execute(sql`
    with item as (
      insert into items (owner_id, session_id, input_id, step_id, position, connection, status)
      select i.owner_id, i.session_id, i.id, s.id, 1, 'studio', 'completed'
      from inputs i join steps s on s.session_id = i.session_id where i.session_id = ${sessionId} limit 1
      returning id, owner_id
    ), attempt as (
      insert into attempts (owner_id, item_id, number, run_id, prompt, model, settings, outcome, image_id)
      select owner_id, id, 1, 'run', ${prompt}, 'toll', '{}', 'completed', ${source.image_id} from item
      returning id, owner_id
    ) insert into cache (owner_id, key, attempt_id) select owner_id, ${key}, id from attempt`);
}

test("stop and month are told with what is left of them", async () => {
  const { id: sessionId } = await newTollDraft();
  await testDb.db.update(sessions).set({ budget: 50_000 }).where(eq(sessions.id, sessionId));
  await testDb.db.update(users).set({ monthlyBudget: 1_000_000 }).where(eq(users.id, userId));
  await testDb.db.execute(sql`
    insert into months (owner_id, month, spend, reserved)
    values (${userId}, date_trunc('month', now() at time zone 'utc')::date, 900_000, 20_000)`);
  const estimate = await getEstimate({ sessionId, userId });
  expect(estimate).toMatchObject({ budgetLeft: 50_000, monthLeft: 80_000 });
  expect(estimate?.warnings.map(({ kind }) => kind)).toEqual(["stop", "month"]);
});

test("a foreign, a missing and a deleted session are the same; a model that is gone is told apart", async () => {
  const { id: sessionId } = await newTollDraft();
  const stranger = await newUser();
  expect(await getEstimate({ sessionId, userId: stranger.id })).toBeUndefined();
  expect(await getEstimate({ sessionId: randomUUID(), userId })).toBeUndefined();
  const settings = { ...DEFAULT_SETTINGS, model: "a model that never was" };
  await testDb.db.update(sessions).set({ settings }).where(eq(sessions.id, sessionId));
  expect(await getEstimate({ sessionId, userId })).toBeNull();
});
