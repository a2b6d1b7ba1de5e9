import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { inputs, items, sessions, shares, steps } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { getItemDetails } from "@/lib/items/queries/get-item-details";
import { duplicateSession } from "@/lib/sessions/mutations/duplicate-session";
import { listSessions } from "@/lib/sessions/queries/list-sessions";
import { createShare } from "@/lib/shares/mutations/create-share";
import { findSharedImage } from "@/lib/shares/queries/find-shared-image";
import { getSharedDownload } from "@/lib/shares/queries/get-shared-download";
import { listSharedResults } from "@/lib/shares/queries/list-shared-results";
import { resolveShare } from "@/lib/shares/queries/resolve-share";
import { getDownloadList } from "@/lib/zip/queries";
import { type MadeChain, newChainRun } from "@/scripts/testing/chains";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";

let testDb: TestDb;
let userId: string;
let run: MadeChain;

const CHAIN = [
  { prompt: null },
  { prompt: "secret studio", source: 1, references: [0] },
  { prompt: "square", source: 2 },
];

beforeAll(async () => {
  testDb = await createTestDb();
});
afterAll(() => testDb.close());

beforeEach(async () => {
  ({ id: userId } = await newUser());
  const draft = await newDraft({ userId, count: 3 });
  run = await newChainRun({
    userId,
    sessionId: draft.id,
    inputIds: draft.inputIds,
    steps: CHAIN,
    fate: (input, step) => {
      if (input !== 3) return {};
      if (step === 2) return { status: "failed" };
      return step === 3 ? { status: "unmet", needsStep: 2 } : {};
    },
  });
});

const cellOf = (input: number, step: number) => {
  const cell = run.cells[input - 1]?.[step - 1];
  if (!cell) throw new Error("no such cell");
  return cell;
};

async function detailsOf(input: number, step: number) {
  const details = await getItemDetails({ itemId: cellOf(input, step).itemId, userId });
  if (!details) throw new Error("no details");
  return details;
}

describe("details of a result in a chain", () => {
  test("tell its step and the real pictures it was made from", async () => {
    const { step, attempts, source } = await detailsOf(1, 2);
    expect(step).toEqual({ id: run.stepIds[1], place: 2, of: 3 });
    expect(attempts[0]?.madeFrom).toEqual([
      { step: 1, attempt: 1, image: expect.objectContaining({ id: cellOf(1, 1).imageId }) },
      { step: 0, attempt: null, image: source.image },
    ]);
    const first = await detailsOf(1, 1);
    expect(first.attempts[0]?.madeFrom).toEqual([{ step: 0, attempt: null, image: source.image }]);
  });

  test("keep the picture of a step that was taken out since", async () => {
    await testDb.db
      .update(steps)
      .set({ position: null })
      .where(eq(steps.id, run.stepIds[0] ?? ""));
    const { attempts } = await detailsOf(1, 2);
    expect(attempts[0]?.madeFrom[0]).toMatchObject({ step: null, image: { id: cellOf(1, 1).imageId } });
  });

  test("say what the next attempt would be asked; what an image says of its own goes to the first step", async () => {
    await testDb.db
      .update(inputs)
      .set({ promptMode: "append", prompt: "in red" })
      .where(eq(inputs.id, run.inputIds[0] ?? ""));
    expect((await detailsOf(1, 1)).prompt).toBe("cut out\nin red");
    expect((await detailsOf(1, 2)).prompt).toBe("secret studio");
    const again = { promptOverride: "only this one" };
    await testDb.db
      .update(items)
      .set(again)
      .where(eq(items.id, cellOf(1, 2).itemId));
    expect((await detailsOf(1, 2)).prompt).toBe("only this one");
  });
});

describe("a shared chain", () => {
  async function share(options = { originals: true, prompts: true, names: true, download: true }) {
    const made = await createShare({ userId, sessionId: run.id, options, expiresInDays: null });
    if (!made.ok) throw new Error(made.words);
    const token = made.value.url.split("/").at(-1) ?? "";
    const open = await resolveShare(token);
    if (!open) throw new Error("the link does not open");
    return { open, token };
  }

  test("shows last results only, and nothing of the steps before", async () => {
    const { open, token } = await share();
    const shown = await listSharedResults(open);
    expect(shown.rows.map(({ n, prompt, result }) => [n, prompt, result.imageId])).toEqual([
      [1, "square", cellOf(1, 3).imageId],
      [2, "square", cellOf(2, 3).imageId],
    ]);
    expect(shown.total).toBe(2);
    const list = await getSharedDownload(open, token);
    expect(list?.files.map(({ name }) => name)).toEqual(["photo-1.png", "photo-2.png"]);
    expect(JSON.stringify([shown, list])).not.toMatch(/secret studio|cut out/);
    expect(await findSharedImage(open, cellOf(1, 3).imageId ?? "")).toMatchObject({ role: "result" });
    expect(await findSharedImage(open, cellOf(1, 1).imageId ?? "")).toBeNull();
    expect(await findSharedImage(open, cellOf(3, 1).imageId ?? "")).toBeNull();
  });

  test("stays as it is when a step is added that has not run, and follows one that is turned off", async () => {
    const { open } = await share();
    await testDb.db.insert(steps).values({ ownerId: userId, sessionId: run.id, position: 4, sourceStep: 3 });
    expect((await listSharedResults(open)).total).toBe(2);
    await testDb.db
      .update(steps)
      .set({ enabled: false })
      .where(eq(steps.id, run.stepIds[2] ?? ""));
    expect((await listSharedResults(open)).rows[0]?.result.imageId).toBe(cellOf(1, 2).imageId);
  });
});

test("a download brings the last results, or all of them, with the whole record", async () => {
  const session = await sessionRow(run.id);
  const last = await getDownloadList(session);
  expect(last.files.map(({ name }) => name)).toEqual(["photo-1.png", "photo-2.png"]);
  const all = await getDownloadList(session, "all");
  expect(all.files).toHaveLength(7);
  expect(all.files[1]?.name).toBe("step 2/photo-1_step2.png");
  const { chain, items: told } = JSON.parse(all.manifestJson);
  expect(chain.steps.map(({ prompt }: { prompt: string }) => prompt)).toEqual([
    "cut out",
    "secret studio",
    "square",
  ]);
  expect(chain.steps[0].settings.output.format).toBe("png");
  expect(told[1]).toMatchObject({
    step: 2,
    made_from: "step 1",
    made_from_file: "step 1/photo-1_step1.png",
    references: [{ from: "original" }],
  });
  expect(told[8]).toMatchObject({ status: "unmet", needs_step: 2 });
});

test("the list of sessions shows last results", async () => {
  const { rows } = await listSessions({ userId });
  expect(rows[0]).toMatchObject({ stepCount: 3, strip: [cellOf(1, 3).imageId, cellOf(2, 3).imageId] });
});

test("a copy has the chain as it is now, without what was taken out of it", async () => {
  const { db } = testDb;
  await db
    .update(steps)
    .set({ enabled: false })
    .where(eq(steps.id, run.stepIds[2] ?? ""));
  await db.insert(steps).values({ ownerId: userId, sessionId: run.id, position: null, prompt: "taken out" });
  const copy = await duplicateSession({ userId, sessionId: run.id });
  if (!copy.ok) throw new Error(copy.words);
  const rows = await db
    .select()
    .from(steps)
    .where(eq(steps.sessionId, copy.value.id))
    .orderBy(steps.position);
  expect(
    rows.map(({ prompt, sourceStep, referenceSteps, enabled, fedBy }) => [
      prompt,
      sourceStep,
      referenceSteps,
      enabled,
      fedBy,
    ]),
  ).toEqual([
    [null, null, [], true, [0]],
    ["secret studio", 1, [0], true, [1, 0]],
    ["square", 2, [], false, [2]],
  ]);
  const [session] = await db.select().from(sessions).where(eq(sessions.id, copy.value.id));
  expect(session).toMatchObject({ stepCount: 3, chainVersion: 0, state: "draft", prompt: "cut out" });
  expect(await db.$count(shares, eq(shares.sessionId, copy.value.id))).toBe(0);
});
