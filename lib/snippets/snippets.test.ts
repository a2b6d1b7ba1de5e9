import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { snippets } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { newUser } from "@/scripts/testing/factories";
import { MAX_SNIPPETS } from "./constants";
import { deleteSnippet, renameSnippet, saveSnippet } from "./mutations";
import { listSnippets } from "./queries";
import { saveSnippetSchema } from "./schemas";

let test_: TestDb;
let userId: string;
let strangerId: string;

beforeAll(async () => {
  test_ = await createTestDb();
});
afterAll(() => test_.close());
beforeEach(async () => {
  [userId, strangerId] = [(await newUser()).id, (await newUser()).id];
});

const save = (name: string, text: string, replace = false) => saveSnippet({ userId, name, text, replace });

async function saved(name: string, text: string) {
  const result = await save(name, text);
  if (!result.ok) throw new Error(result.words);
  return result.value;
}

const names = async () => (await listSnippets({ userId })).map(({ name }) => name);

describe("snippets", () => {
  test("are kept by name, for their owner alone", async () => {
    const beach = await saved("Beach", "at a beach");
    await saved("Alps", "in the Alps");
    expect(await listSnippets({ userId })).toEqual([
      expect.objectContaining({ name: "Alps", text: "in the Alps" }),
      beach,
    ]);
    expect(await listSnippets({ userId: strangerId })).toEqual([]);
    expect(await saveSnippet({ userId: strangerId, name: "Beach", text: "mine" })).toMatchObject({
      ok: true,
    });
  });

  test("of a name that is taken in any case are refused, or replaced when asked", async () => {
    const { id } = await saved("Beach", "at a beach");
    expect(await save("BEACH", "other")).toMatchObject({
      ok: false,
      reason: "taken",
      words: expect.stringContaining('"Beach"'),
    });
    expect(await save("beach", "other", true)).toEqual({
      ok: true,
      value: { id, name: "Beach", text: "other" },
    });
    expect(await names()).toEqual(["Beach"]);
  });

  test("are renamed, also to another case of their name, and never to another's name", async () => {
    const { id: snippetId } = await saved("Beach", "at a beach");
    await saved("Alps", "in the Alps");
    expect(await renameSnippet({ userId, snippetId, name: "BEACH" })).toMatchObject({ ok: true });
    expect(await renameSnippet({ userId, snippetId, name: "alps" })).toMatchObject({ reason: "taken" });
    expect(await names()).toEqual(["Alps", "BEACH"]);
  });

  test("are deleted once, and saved again by undo", async () => {
    const { id: snippetId } = await saved("Beach", "at a beach");
    const deleted = await deleteSnippet({ userId, snippetId });
    expect(deleted).toMatchObject({ ok: true, value: { name: "Beach", text: "at a beach" } });
    expect(await deleteSnippet({ userId, snippetId })).toMatchObject({ reason: "not_found" });
    await saved("Beach", "at a beach");
    expect(await names()).toEqual(["Beach"]);
  });

  test("of somebody else are like missing ones", async () => {
    const { id: snippetId } = await saved("Beach", "at a beach");
    const missing = randomUUID();
    const stranger = { userId: strangerId };
    expect(await renameSnippet({ ...stranger, snippetId, name: "Mine" })).toEqual(
      await renameSnippet({ ...stranger, snippetId: missing, name: "Mine" }),
    );
    expect(await deleteSnippet({ ...stranger, snippetId })).toEqual(
      await deleteSnippet({ ...stranger, snippetId: missing }),
    );
    expect(await names()).toEqual(["Beach"]);
  });

  test("stop at their limit, however many are saved at once; replacing goes on", async () => {
    const rows = Array.from({ length: MAX_SNIPPETS - 1 }, (_, n) => ({
      ownerId: userId,
      name: `s${n}`,
      text: "x",
    }));
    await test_.db.insert(snippets).values(rows);
    const answers = await Promise.all(["a", "b", "c", "A"].map((name) => save(name, "words")));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await listSnippets({ userId })).toHaveLength(MAX_SNIPPETS);
    expect(await save("s1", "new", true)).toMatchObject({ ok: true });
  });

  test.each([
    ["no name", { name: "  ", text: "x" }],
    ["a long name", { name: "x".repeat(61), text: "x" }],
    ["no words", { name: "x", text: " \u0000\n" }],
    ["too many words", { name: "x", text: "x".repeat(32_001) }],
    ["an owner", { name: "x", text: "x", userId: randomUUID() }],
  ])("with %s are not accepted", (_, input) => {
    expect(saveSnippetSchema.safeParse(input).success).toBe(false);
  });

  test("lose what the database cannot store, and blanks around", () => {
    expect(saveSnippetSchema.parse({ name: " Be\u0000ach ", text: "\ud800x\n" })).toEqual({
      name: "Beach",
      text: "\ufffdx",
      replace: false,
    });
  });
});
