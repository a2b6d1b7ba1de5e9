import { randomUUID } from "node:crypto";
import { and, asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { audit, images, inputs, items, sessions, steps } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { sweepUnusedImages } from "@/lib/images/mutations";
import { listChain } from "@/lib/steps/queries/list-chain";
import { getDownloadList } from "@/lib/zip/queries";
import { newChainRun } from "@/scripts/testing/chains";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { registerEchoModel } from "@/scripts/testing/models";
import type { ResultSet } from "../types";
import { createSession } from "./create-session";
import { deleteSession } from "./delete-session";
import { duplicateSession } from "./duplicate-session";
import { purgeDeletedSessions } from "./purge-deleted";
import { startFromResults } from "./start-from-results";
import { startFromSession } from "./start-from-session";
import { startSession } from "./start-session";

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

function value<T>(result: { ok: true; value: T } | { ok: false; words: string }): T {
  if (!result.ok) throw new Error(result.words);
  return result.value;
}

async function auditOf(action: "session.chain" | "session.results") {
  return testDb.db
    .select({ sessionId: audit.sessionId, after: audit.after })
    .from(audit)
    .where(and(eq(audit.ownerId, userId), eq(audit.action, action)));
}

describe("run on many", () => {
  const chain = [
    { prompt: "red", settings: null, source: 0, references: [], enabled: true },
    { prompt: "close-up", settings: { model: "echo" }, source: 0, references: [1], enabled: true },
    { prompt: "off", settings: null, source: 2, references: [], enabled: false },
  ];
  const runOnMany = (given: { userId: string; sessionId: string; intent: string }) =>
    startFromSession({ ...given, kind: "bulk" });
  const newSerial = async () =>
    (await createSession({ userId, intent: randomUUID(), kind: "serial", name: "Bed", steps: chain })).id;

  test("makes a bulk draft of the chain: the first prompt is the session's, all else is the same", async () => {
    const sessionId = await newSerial();
    const { id } = value(await runOnMany({ userId, sessionId, intent: randomUUID() }));
    expect(await sessionRow(id)).toMatchObject({
      ...{ kind: "bulk", state: "draft", name: "Bed (many)", prompt: "red", stepCount: 3 },
    });
    const facts = (rows: Awaited<ReturnType<typeof listChain>>) =>
      rows.map(({ sourceStep, referenceSteps, enabled, fedBy, settings }) => ({
        ...{ sourceStep, referenceSteps, enabled, fedBy, settings },
      }));
    const [before, after] = [await listChain(sessionId), await listChain(id)];
    expect(facts(after)).toEqual(facts(before));
    expect(after.map(({ prompt }) => prompt)).toEqual([null, "close-up", "off"]);
    expect(await auditOf("session.chain")).toEqual([{ sessionId, after: { id } }]);
  });

  test("and back on one image: every step has its own prompt again", async () => {
    const many = value(await runOnMany({ userId, sessionId: await newSerial(), intent: randomUUID() }));
    const { id } = value(
      await startFromSession({ userId, sessionId: many.id, intent: randomUUID(), kind: "serial" }),
    );
    expect(await sessionRow(id)).toMatchObject({ kind: "serial", prompt: "", stepCount: 3 });
    expect((await listChain(id)).map(({ prompt }) => prompt)).toEqual(["red", "close-up", "off"]);
  });

  test("of a bulk session that has started takes the prompt it was started with", async () => {
    const draft = await newDraft({ userId, prompt: "sepia" });
    await startSession({ userId, sessionId: draft.id });
    await testDb.db.update(sessions).set({ prompt: "typed later" }).where(eq(sessions.id, draft.id));
    const { id } = value(await runOnMany({ userId, sessionId: draft.id, intent: randomUUID() }));
    expect(await sessionRow(id)).toMatchObject({ prompt: "sepia", snapshot: null });
    expect(await testDb.db.select().from(inputs).where(eq(inputs.sessionId, id))).toEqual([]);
  });

  test("pressed twice is one draft; somebody else's session is not there", async () => {
    const sessionId = await newSerial();
    const intent = randomUUID();
    const both = [
      await runOnMany({ userId, sessionId, intent }),
      await runOnMany({ userId, sessionId, intent }),
    ].map(value);
    expect(both[0]).toEqual(both[1]);
    expect(await runOnMany({ userId: stranger, sessionId, intent: randomUUID() })).toMatchObject(NOT_FOUND);
  });
});

describe("a session from results", () => {
  /** Four images, two steps; the third image has no last result, the last two results are approved. */
  async function newRun() {
    const draft = await newDraft({ userId, count: 4 });
    await testDb.db.update(sessions).set({ name: "Shoes" }).where(eq(sessions.id, draft.id));
    await testDb.db
      .update(inputs)
      .set({ sourceName: "same.png", sourcePath: "left" })
      .where(and(eq(inputs.sessionId, draft.id), sql`position <= 2`));
    const run = await newChainRun({
      userId,
      sessionId: draft.id,
      inputIds: draft.inputIds,
      steps: [{ prompt: null }, { prompt: "square" }],
      fate: (input, step) => (input === 3 && step === 2 ? { status: "failed" } : {}),
    });
    const approved = run.cells.map((cells) => cells[1]?.itemId ?? "").slice(2);
    for (const id of approved)
      await testDb.db.update(items).set({ review: "approved" }).where(eq(items.id, id));
    return run;
  }

  const start = (sessionId: string, results: ResultSet, intent = randomUUID(), by = userId) =>
    startFromResults({ userId: by, sessionId, intent, results });

  function inputsOf(sessionId: string) {
    const { position, state, imageId, sourceName, sourcePath, fromAttemptId } = inputs;
    return testDb.db
      .select({ position, state, imageId, sourceName, sourcePath, fromAttemptId })
      .from(inputs)
      .where(eq(inputs.sessionId, sessionId))
      .orderBy(asc(position));
  }

  test("has the completed ones in order, named as the archive names them, each with its attempt", async () => {
    const run = await newRun();
    const { id, images: count } = value(await start(run.id, "completed"));
    expect(count).toBe(3);
    const rows = await inputsOf(id);
    const { files } = await getDownloadList(await sessionRow(run.id));
    expect(
      rows.map(({ sourcePath, sourceName }) => [sourcePath, sourceName].filter(Boolean).join("/")),
    ).toEqual(files.map(({ name }) => name));
    expect(files.map(({ name }) => name)).toEqual(["left/same.png", "left/same (2).png", "photo-4.png"]);
    const last = [0, 1, 3].map((input) => run.cells[input]?.[1]);
    expect(rows.map(({ imageId, fromAttemptId }) => ({ imageId, fromAttemptId }))).toEqual(
      last.map((cell) => ({ imageId: cell?.imageId, fromAttemptId: cell?.attemptId })),
    );
    expect(rows.map(({ position, state }) => [position, state])).toEqual([1, 2, 3].map((n) => [n, "ready"]));
    expect(await sessionRow(id)).toMatchObject({
      state: "draft",
      kind: "bulk",
      name: "Shoes (results)",
      prompt: "",
    });
    expect(await auditOf("session.results")).toEqual([{ sessionId: run.id, after: { id, images: 3 } }]);
  });

  test("has only the approved ones, or the chosen ones of any step, and nothing of another session", async () => {
    const [run, other] = [await newRun(), await newRun()];
    const approved = value(await start(run.id, "approved"));
    expect((await inputsOf(approved.id)).map(({ imageId }) => imageId)).toEqual([run.cells[3]?.[1]?.imageId]);
    const ids = [run.cells[1]?.[1], run.cells[2]?.[0], run.cells[2]?.[1], other.cells[0]?.[1]].map(
      (cell) => cell?.itemId ?? "",
    );
    const chosen = value(await start(run.id, ids));
    expect((await inputsOf(chosen.id)).map(({ sourceName, imageId }) => [sourceName, imageId])).toEqual([
      ["same.png", run.cells[1]?.[1]?.imageId],
      ["photo-3_step1.png", run.cells[2]?.[0]?.imageId],
    ]);
  });

  test("pressed twice is one draft with its images once", async () => {
    const run = await newRun();
    const intent = randomUUID();
    const both = [
      value(await start(run.id, "completed", intent)),
      value(await start(run.id, "completed", intent)),
    ];
    expect(both[0]).toEqual(both[1]);
    expect(await inputsOf(both[0]?.id ?? "")).toHaveLength(3);
  });

  test("without any result, or of somebody else's session, is not made", async () => {
    const run = await newRun();
    const failed = run.cells[2]?.[1]?.itemId ?? "";
    expect(await start(run.id, [failed])).toMatchObject({ ok: false, reason: "empty" });
    expect(await start(run.id, "completed", randomUUID(), stranger)).toMatchObject(NOT_FOUND);
    expect(await testDb.db.select().from(sessions).where(eq(sessions.ownerId, stranger))).toEqual([]);
    expect(await testDb.db.select().from(sessions).where(eq(sessions.ownerId, userId))).toHaveLength(1);
  });

  test("can be started, copied, and outlives the session it came from with its pictures", async () => {
    const run = await newRun();
    const { id } = value(await start(run.id, "completed"));
    const before = await inputsOf(id);
    await deleteSession({ userId, sessionId: run.id });
    const longAgo = new Date(Date.now() - 31 * 86_400_000);
    await testDb.db.update(sessions).set({ deletedAt: longAgo }).where(eq(sessions.id, run.id));
    await testDb.db.update(images).set({ createdAt: longAgo }).where(eq(images.ownerId, userId));
    expect(await purgeDeletedSessions({ limit: 10 })).toBe(1);
    await sweepUnusedImages({ limit: 1_000 });
    expect(await inputsOf(id)).toEqual(before);
    const kept = await testDb.db.select({ id: images.id }).from(images).where(eq(images.ownerId, userId));
    expect(kept.map((image) => image.id).sort()).toEqual(before.map(({ imageId }) => imageId ?? "").sort());
    const copy = value(await duplicateSession({ userId, sessionId: id }));
    expect(await inputsOf(copy.id)).toEqual(before);
    await testDb.db.update(sessions).set({ prompt: "upscale" }).where(eq(sessions.id, id));
    expect(value(await startSession({ userId, sessionId: id }))).toMatchObject({ items: 3 });
    expect(await testDb.db.select().from(steps).where(eq(steps.sessionId, id))).toHaveLength(1);
  });

  test("of 10,000 results is made in one go", async () => {
    const run = await newRun();
    const [cell] = run.cells[0] ?? [];
    await testDb.db.transaction(async (tx) => {
      // The limit is that of a request, and this is none.
      await tx.execute(sql`set local statement_timeout = 0`);
      await tx.execute(sql`
        with made as (
          insert into inputs (owner_id, session_id, position, state, source_name, source_bytes, image_id)
          select ${userId}, ${run.id}, n, 'ready', 'more-' || n || '.png', 100, ${cell?.imageId}
          from generate_series(5, 10001) n returning id, position)
        insert into items (owner_id, session_id, input_id, step_id, position, connection, status, current_attempt_id)
        select ${userId}, ${run.id}, made.id, ${run.stepIds[1]}, made.position, 'studio', 'completed', ${cell?.attemptId}
        from made`);
    });
    const { id, images: count } = value(await start(run.id, "completed"));
    expect(count).toBe(10_000);
    const [row] = await testDb.db.execute(sql`
      select count(*)::int as count, max(position) as last, count(distinct source_name)::int as names
      from inputs where session_id = ${id}`);
    expect(row).toEqual({ count: 10_000, last: 10_000, names: 10_000 });
  });
});
