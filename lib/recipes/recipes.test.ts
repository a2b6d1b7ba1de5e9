import { randomUUID } from "node:crypto";
import { and, eq, like, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { audit, connections, recipes, recipeVersions, sessions } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { saveDraft } from "@/lib/sessions/mutations/edit-draft";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { listChain, toStepContent } from "@/lib/steps/queries/list-chain";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { registerEchoModel } from "@/scripts/testing/models";
import { MAX_RECIPES } from "./constants";
import { deleteRecipe, purgeDeletedRecipes, renameRecipe, restoreRecipe } from "./mutations/edit-recipe";
import { importRecipe } from "./mutations/import-recipe";
import { saveRecipe } from "./mutations/save-recipe";
import { startFromRecipe } from "./mutations/start-from-recipe";
import { exportRecipe, findVersion, getRecipe, listRecipes } from "./queries";
import type { RecipeSource } from "./types";

let testDb: TestDb;
let userId: string;
let stranger: string;

beforeAll(async () => {
  testDb = await createTestDb();
  registerEchoModel();
});
afterAll(() => testDb.close());
beforeEach(async () => {
  userId = (await newUser()).id;
  stranger = (await newUser()).id;
});

const NOT_FOUND = { ok: false, reason: "not_found" };

/** Three steps over many images, the first with the session's prompt. */
async function newSession(name: string = "studio") {
  const started = await startFromRecipe({
    ...{ userId, intent: randomUUID(), kind: "bulk", from: { readyMadeId: "studio-square" } },
  });
  if (!started.ok) throw new Error(started.words);
  await testDb.db.update(sessions).set({ name }).where(eq(sessions.id, started.value.id));
  return started.value.id;
}

async function newRecipe(name = "Studio") {
  const saved = await saveRecipe({ userId, sessionId: await newSession(), name });
  if (!saved.ok) throw new Error(saved.words);
  return saved.value.recipeId;
}

async function newest(recipeId: string) {
  const versionId = (await getRecipe({ userId, recipeId }))?.versions[0]?.id ?? "";
  return { versionId, found: await findVersion({ userId, versionId }) };
}

async function chainOf(sessionId: string) {
  return (await listChain(sessionId)).map(toStepContent);
}

async function promptsOf(sessionId: string) {
  const { kind, prompt } = await sessionRow(sessionId);
  return [kind, prompt, ...(await chainOf(sessionId)).map((step) => step.prompt)];
}

const STEPS = [
  "Remove the background",
  "Place the object in a studio setting",
  "Center the subject, square without cropping, 1200 px",
];

describe("saving a session", () => {
  test("keeps its settings and chain as version 1, each step with its own prompt, and is recorded", async () => {
    const sessionId = await newSession();
    const saved = await saveRecipe({ userId, sessionId, name: "Studio" });
    expect(saved).toMatchObject({ ok: true, value: { saved: "new", name: "Studio", version: 1 } });
    const [row] = await listRecipes({ userId });
    expect(row).toMatchObject({ name: "Studio", version: 1, prompts: STEPS });
    const { found } = await newest(row?.id ?? "");
    expect(found?.content.settings).toEqual((await sessionRow(sessionId)).settings);
    expect(found?.content.steps.map(({ prompt, source }) => [prompt, source])).toEqual(
      STEPS.map((prompt, at) => [prompt, at]),
    );
    const entries = await testDb.db
      .select()
      .from(audit)
      .where(and(eq(audit.ownerId, userId), like(audit.action, "recipe.%")));
    expect(entries).toMatchObject([
      { action: "recipe.save", sessionId, after: { recipe: row?.id, version: 1 } },
    ]);
    expect(JSON.stringify(entries)).not.toContain("background");
  });

  test("asks before it adds a version, adds the one that was told, and never one that holds the same", async () => {
    const sessionId = await newSession();
    const save = (asVersion?: number) => saveRecipe({ userId, sessionId, name: "sTUDIO", asVersion });
    await saveRecipe({ userId, sessionId, name: "Studio" });
    expect(await save()).toMatchObject({ value: { saved: "same", name: "Studio", version: 1 } });
    await saveDraft({ userId, sessionId, draftVersion: 0, prompt: "cut it out" });
    expect(await save()).toMatchObject({ value: { saved: "ask", name: "Studio", version: 1 } });
    expect(await save(3)).toMatchObject({ value: { saved: "ask", version: 1 } });
    expect(await save(2)).toMatchObject({ value: { saved: "version", version: 2 } });
    expect(await save(2)).toMatchObject({ value: { saved: "same", version: 2 } });
    const [row, ...others] = await listRecipes({ userId });
    expect(others).toEqual([]);
    const { versions = [] } = (await getRecipe({ userId, recipeId: row?.id ?? "" })) ?? {};
    expect(versions.map(({ version, prompts }) => [version, prompts[0]])).toEqual([
      [2, "cut it out"],
      [1, STEPS[0]],
    ]);
  });

  test("that has started keeps what it was started with", async () => {
    const { id: sessionId } = await newDraft({ userId, prompt: "black and white" });
    await startSession({ userId, sessionId });
    await testDb.db.update(sessions).set({ prompt: "typed later" }).where(eq(sessions.id, sessionId));
    expect(await saveRecipe({ userId, sessionId, name: "BW" })).toMatchObject({ value: { saved: "new" } });
    expect((await listRecipes({ userId }))[0]?.prompts).toEqual(["black and white"]);
  });

  test("twice at once is one recipe", async () => {
    const sessionId = await newSession();
    const saves = await Promise.all([1, 2, 3].map(() => saveRecipe({ userId, sessionId, name: "Once" })));
    expect(saves.filter((one) => one.ok && one.value.saved === "new")).toHaveLength(1);
    expect(await listRecipes({ userId })).toHaveLength(1);
    expect(
      await testDb.db.select().from(recipeVersions).where(eq(recipeVersions.ownerId, userId)),
    ).toHaveLength(1);
  });

  test("of somebody else is not there, and the same name in another workspace is another recipe", async () => {
    const sessionId = await newSession();
    await saveRecipe({ userId, sessionId, name: "Studio" });
    expect(await saveRecipe({ userId: stranger, sessionId, name: "Mine" })).toMatchObject(NOT_FOUND);
    const { id } = await newDraft({ userId: stranger });
    const theirs = await saveRecipe({ userId: stranger, sessionId: id, name: "Studio" });
    expect(theirs).toMatchObject({ value: { saved: "new" } });
  });

  test("stops at the most recipes that are kept; deleted ones do not count", async () => {
    await testDb.db.execute(sql`
      insert into recipes (owner_id, name) select ${userId}, 'recipe ' || n from generate_series(1, ${MAX_RECIPES}) n`);
    const sessionId = await newSession();
    const save = () => saveRecipe({ userId, sessionId, name: "One more" });
    expect(await save()).toMatchObject({
      ok: false,
      reason: "full",
      words: expect.stringMatching(/^500 recipes/),
    });
    const [any] = await testDb.db.select().from(recipes).where(eq(recipes.ownerId, userId));
    await deleteRecipe({ userId, recipeId: any?.id ?? "" });
    expect(await save()).toMatchObject({ value: { saved: "new" } });
  });
});

test("search finds recipes by name and by the words of any step, with no wildcards", async () => {
  await newRecipe("Shop");
  const { id } = await newDraft({ userId, prompt: "100% sepia" });
  await saveRecipe({ userId, sessionId: id, name: "Old" });
  const names = async (search: string) => (await listRecipes({ userId, search })).map(({ name }) => name);
  expect(await names("sho")).toEqual(["Shop"]);
  expect(await names("WITHOUT CROPPING")).toEqual(["Shop"]);
  expect(await names("0%")).toEqual(["Old"]);
  expect(await names("%")).toEqual(["Old"]);
  expect(await names("")).toEqual(["Old", "Shop"]);
});

describe("a recipe", () => {
  test("gets another name, but none that is taken", async () => {
    const recipeId = await newRecipe("Studio");
    await newRecipe("Shop");
    const rename = (name: string, by = userId) => renameRecipe({ userId: by, recipeId, name });
    expect(await rename("SHOP")).toMatchObject({
      ok: false,
      reason: "name",
      words: expect.stringContaining("“Shop”"),
    });
    expect(await rename("STUDIO")).toMatchObject({ ok: true });
    expect(await rename("Taken over", stranger)).toMatchObject(NOT_FOUND);
    expect((await listRecipes({ userId })).map(({ name }) => name).sort()).toEqual(["STUDIO", "Shop"]);
  });

  test("is deleted and comes back, unless its name was given away", async () => {
    const recipeId = await newRecipe();
    expect(await deleteRecipe({ userId: stranger, recipeId })).toMatchObject(NOT_FOUND);
    expect(await deleteRecipe({ userId, recipeId })).toMatchObject({ ok: true });
    expect(await deleteRecipe({ userId, recipeId })).toMatchObject(NOT_FOUND);
    expect(await listRecipes({ userId })).toEqual([]);
    expect(await getRecipe({ userId, recipeId })).toBeNull();
    expect(await restoreRecipe({ userId: stranger, recipeId })).toMatchObject(NOT_FOUND);
    expect(await restoreRecipe({ userId, recipeId })).toMatchObject({ ok: true });
    expect(await restoreRecipe({ userId, recipeId })).toMatchObject(NOT_FOUND);
    await deleteRecipe({ userId, recipeId });
    await newRecipe("studio");
    expect(await restoreRecipe({ userId, recipeId })).toMatchObject({ ok: false, reason: "name" });
  });

  test("ends 30 days after it was deleted; sessions made from it stay", async () => {
    const recipeId = await newRecipe();
    const { versionId } = await newest(recipeId);
    const started = await startFromRecipe({
      ...{ userId, intent: randomUUID(), kind: "bulk", from: { recipeVersionId: versionId } },
    });
    await deleteRecipe({ userId, recipeId });
    expect(await purgeDeletedRecipes({ limit: 10 })).toBe(0);
    await testDb.db
      .update(recipes)
      .set({ deletedAt: new Date(Date.now() - 31 * 86_400_000) })
      .where(eq(recipes.id, recipeId));
    expect(await purgeDeletedRecipes({ limit: 10 })).toBe(1);
    expect(await sessionRow(started.ok ? started.value.id : "")).toMatchObject({
      recipeVersionId: null,
      stepCount: 3,
    });
  });
});

describe("starting from a recipe", () => {
  const start = (kind: "bulk" | "serial", from: RecipeSource, intent = randomUUID(), by = userId) =>
    startFromRecipe({ userId: by, intent, kind, from });

  test("gives a draft of either kind with its chain, and says which version it was", async () => {
    const { versionId } = await newest(await newRecipe());
    const from = { recipeVersionId: versionId };
    const [bulk, serial] = [await start("bulk", from), await start("serial", from)];
    if (!bulk.ok || !serial.ok) throw new Error("refused");
    expect(bulk.value.notes).toEqual([]);
    expect(await promptsOf(bulk.value.id)).toEqual(["bulk", STEPS[0], null, STEPS[1], STEPS[2]]);
    expect(await promptsOf(serial.value.id)).toEqual(["serial", "", ...STEPS]);
    for (const { id } of [bulk.value, serial.value]) {
      expect(await sessionRow(id)).toMatchObject({
        state: "draft",
        name: "Studio",
        recipeVersionId: versionId,
      });
    }
  });

  test("pressed twice is one draft", async () => {
    const intent = randomUUID();
    const from = { readyMadeId: "red-mattress" } as const;
    expect(await start("serial", from, intent)).toEqual(await start("serial", from, intent));
    const made = await testDb.db.select().from(sessions).where(eq(sessions.ownerId, userId));
    expect(made).toHaveLength(1);
  });

  test("of somebody else, or one that was deleted, is refused", async () => {
    const recipeId = await newRecipe();
    const from = { recipeVersionId: (await newest(recipeId)).versionId };
    expect(await start("bulk", from, randomUUID(), stranger)).toMatchObject(NOT_FOUND);
    await deleteRecipe({ userId, recipeId });
    expect(await start("bulk", from)).toMatchObject(NOT_FOUND);
  });

  test("whose connection is gone takes the default model and says so", async () => {
    const { id: sessionId } = await newDraft({
      userId,
      model: "flux",
      settings: { connection: randomUUID() },
    });
    const saved = await saveRecipe({ userId, sessionId, name: "Flux" });
    const { versionId } = await newest(saved.ok ? saved.value.recipeId : "");
    const started = await start("bulk", { recipeVersionId: versionId });
    expect(started).toMatchObject({
      value: { notes: ["This recipe names a connection that is not here; the default model is used."] },
    });
    expect((await sessionRow(started.ok ? started.value.id : "")).settings).toMatchObject({
      connection: DEFAULT_SETTINGS.connection,
      model: DEFAULT_SETTINGS.model,
    });
  });
});

describe("a recipe file", () => {
  test("comes into another workspace as the same recipe, named apart, and once", async () => {
    const recipeId = await newRecipe();
    const file = await exportRecipe({ userId, recipeId });
    const text = file?.text ?? "";
    const { found } = await newest(recipeId);
    const come = await importRecipe({ userId: stranger, text });
    expect(come).toMatchObject({ value: { saved: "new", name: "Studio", notes: [] } });
    const [row] = await listRecipes({ userId: stranger });
    const theirs = await findVersion({ userId: stranger, versionId: row?.versionId ?? "" });
    expect(theirs?.content).toEqual(found?.content);
    expect(await importRecipe({ userId: stranger, text })).toMatchObject({ value: { saved: "same" } });
    const other = text.replace("Remove the background", "Cut it out");
    expect(await importRecipe({ userId: stranger, text: other })).toMatchObject({
      value: { saved: "new", name: "Studio (2)" },
    });
    expect(await exportRecipe({ userId: stranger, recipeId })).toBeNull();
  });

  test("names a connection by its kind; where there is one of that kind it is used, else it is said", async () => {
    const models = ["flux"];
    const own = {
      ownerId: userId,
      label: "Cellar",
      dialect: "sd-server" as const,
      baseUrl: "https://images.example.com",
      models,
    };
    const [connection] = await testDb.db.insert(connections).values(own).returning({ id: connections.id });
    const { id: sessionId } = await newDraft({
      userId,
      model: "flux",
      settings: { connection: connection?.id },
    });
    const saved = await saveRecipe({ userId, sessionId, name: "Flux" });
    const text = (await exportRecipe({ userId, recipeId: saved.ok ? saved.value.recipeId : "" }))?.text ?? "";
    expect(text).not.toContain(connection?.id);
    expect(text).not.toContain("example.com");
    expect(JSON.parse(text).content.settings.connection).toBe("sd-server");
    expect(await importRecipe({ userId: stranger, text })).toMatchObject({
      value: { notes: ["This recipe names a connection that is not here; the default model is used."] },
    });
    const [theirs] = await testDb.db
      .insert(connections)
      .values({ ...own, ownerId: stranger })
      .returning({ id: connections.id });
    const [row] = await listRecipes({ userId: stranger });
    const started = await startFromRecipe({
      ...{
        userId: stranger,
        intent: randomUUID(),
        kind: "bulk",
        from: { recipeVersionId: row?.versionId ?? "" },
      },
    });
    expect((await sessionRow(started.ok ? started.value.id : "")).settings).toMatchObject({
      connection: theirs?.id,
      model: "flux",
    });
  });

  test("that is wrong adds nothing and says where", async () => {
    const text = ((await exportRecipe({ userId, recipeId: await newRecipe() }))?.text ?? "").replace(
      '"source": 2',
      '"source": 6',
    );
    expect(await importRecipe({ userId: stranger, text })).toMatchObject({
      ok: false,
      words: expect.stringMatching(/^Step 3 can't use step 6/),
    });
    expect(await listRecipes({ userId: stranger })).toEqual([]);
  });

  test("of an earlier version holds that version", async () => {
    const sessionId = await newSession();
    const saved = await saveRecipe({ userId, sessionId, name: "Studio" });
    await saveDraft({ userId, sessionId, draftVersion: 0, prompt: "cut it out" });
    await saveRecipe({ userId, sessionId, name: "Studio", asVersion: 2 });
    const recipeId = saved.ok ? saved.value.recipeId : "";
    const promptIn = async (version?: number) =>
      JSON.parse((await exportRecipe({ userId, recipeId, version }))?.text ?? "{}").content.steps[0].prompt;
    expect([await promptIn(1), await promptIn(2), await promptIn()]).toEqual([
      STEPS[0],
      "cut it out",
      "cut it out",
    ]);
    expect(await exportRecipe({ userId, recipeId, version: 9 })).toBeNull();
  });
});
