import { randomUUID } from "node:crypto";
import { and, asc, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { attempts, inputs, items, steps } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { runItem } from "@/inngest/functions/run-item";
import { dispatchReady } from "@/lib/items/mutations/dispatch";
import { chooseAttempt, regenerateItems, retryItems } from "@/lib/items/mutations/redo-items";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { countsOf } from "@/lib/sessions/counts";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { cancelSession } from "@/lib/sessions/mutations/steer-session";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { type EchoCall, registerEchoModel } from "@/scripts/testing/models";
import { moveStep, replaceStep } from "../edit-chain";
import { getChain } from "../queries/get-chain";
import { getRunPlan } from "../queries/get-run-plan";
import type { ChainStep } from "../types";
import { runChain } from "./run-chain";
import { saveChain } from "./save-chain";

let testDb: TestDb;
let calls: EchoCall[];

beforeAll(async () => {
  process.env.STUDIO_CONCURRENCY = "1";
  testDb = await createTestDb();
  calls = registerEchoModel();
});
beforeEach(() => {
  calls.length = 0;
});
afterAll(async () => {
  delete process.env.STUDIO_CONCURRENCY;
  await testDb.close();
});

const link = (prompt: string, source: number, over: Partial<ChainStep> = {}): ChainStep => ({
  ...{ id: randomUUID(), prompt, settings: null, source, references: [], enabled: true },
  ...over,
});

async function newChain(chain: ChainStep[], count = 1) {
  const { id: userId } = await newUser();
  const { id: sessionId, inputIds } = await newDraft({ userId, count, prompt: "first" });
  await testDb.db.delete(steps).where(eq(steps.sessionId, sessionId));
  const saved = await saveChain({ userId, sessionId, chainVersion: 0, steps: chain });
  if (!saved.ok) throw new Error(saved.words);
  return { userId, sessionId, inputIds, ids: chain.map(({ id }) => id) };
}

const step = { run: <T>(_id: string, work: () => Promise<T>) => work() };

/** Does what is handed out, one after the other, until nothing is. */
async function work(sessionId: string): Promise<void> {
  for (let round = 0; round < 200; round += 1) if (!(await workOnce(sessionId))) return;
  throw new Error("it does not end");
}

async function workOnce(sessionId: string): Promise<boolean> {
  await dispatchReady({ sessionId });
  const next = await firstRunning(sessionId);
  if (next) await runItem.handle(next, { step, runId: randomUUID() });
  return next !== undefined;
}

async function firstRunning(sessionId: string) {
  const [next] = await testDb.db
    .select({ itemId: items.id, dispatch: items.dispatch })
    .from(items)
    .where(and(eq(items.sessionId, sessionId), eq(items.status, "running")))
    .limit(1);
  return next;
}

async function cells(sessionId: string) {
  const rows = await testDb.db
    .select({
      id: items.id,
      inputId: items.inputId,
      place: steps.position,
      status: items.status,
      stale: items.stale,
      needs: items.needsStep,
      tries: items.attemptCount,
      shown: items.currentAttemptId,
    })
    .from(items)
    .innerJoin(steps, eq(steps.id, items.stepId))
    .where(eq(items.sessionId, sessionId))
    .orderBy(asc(items.position), asc(steps.position));
  const session = countsOf(await sessionRow(sessionId));
  for (const { status } of rows) session[status] -= 1;
  expect(Object.values(session).every((left) => left === 0)).toBe(true);
  return rows;
}

const drawn = async (sessionId: string) =>
  (await cells(sessionId)).map(({ status, stale, tries }) => `${status}${stale ? " old" : ""} ${tries}`);

describe("a run", () => {
  test("each step works on the output of the one it names, input by input to the end of the chain", async () => {
    const { userId, sessionId } = await newChain([link("one", 0), link("two", 1), link("three", 1)], 2);
    expect(await startSession({ userId, sessionId })).toMatchObject({ ok: true, value: { items: 6 } });
    await work(sessionId);
    expect(calls.map(({ prompt }) => prompt)).toEqual(["one", "two", "three", "one", "two", "three"]);
    const made = await testDb.db
      .select({ id: attempts.id, fedBy: attempts.fedBy })
      .from(attempts)
      .innerJoin(items, eq(items.id, attempts.itemId))
      .innerJoin(steps, eq(steps.id, items.stepId))
      .where(eq(items.sessionId, sessionId))
      .orderBy(asc(items.position), asc(steps.position));
    const [first, , , other] = made.map(({ id }) => id);
    expect(made.map(({ fedBy }) => fedBy)).toEqual([[], [first], [first], [], [other], [other]]);
    expect((await sessionRow(sessionId)).state).toBe("finished");
  });

  test("a failed step leaves the later ones not run; the retry of any of them goes on from there", async () => {
    const { userId, sessionId, inputIds } = await newChain(
      [link("one", 0), link("two", 1), link("three", 2)],
      2,
    );
    await testDb.db
      .update(inputs)
      .set({ promptMode: "replace", prompt: "fail" })
      .where(eq(inputs.id, inputIds[1] ?? ""));
    await startSession({ userId, sessionId });
    await work(sessionId);
    const stopped = await cells(sessionId);
    expect(stopped.slice(3).map(({ status, needs }) => [status, needs])).toEqual([
      ["failed", null],
      ["unmet", 1],
      ["unmet", 1],
    ]);
    expect((await sessionRow(sessionId)).state).toBe("finished");
    await testDb.db.update(inputs).set({ prompt: "works" }).where(eq(inputs.sessionId, sessionId));
    calls.length = 0;
    const last = stopped.at(-1)?.id ?? "";
    expect(await retryItems({ userId, sessionId, itemIds: [last] })).toMatchObject({ ok: true });
    await work(sessionId);
    expect(calls.map(({ prompt }) => prompt)).toEqual(["works", "two", "three"]);
    expect((await cells(sessionId)).every(({ status }) => status === "completed")).toBe(true);
  });

  test("a run of one step makes what it lacks and nothing after it", async () => {
    const { userId, sessionId, ids } = await newChain([link("one", 0), link("two", 1), link("three", 2)]);
    const stepId = ids[1] ?? "";
    expect(await getRunPlan({ userId, sessionId, run: { kind: "step", stepId } })).toMatchObject({
      steps: [1, 2],
    });
    await runChain({ userId, sessionId, run: { kind: "step", stepId } });
    await work(sessionId);
    expect(await drawn(sessionId)).toEqual(["completed 1", "completed 1"]);
    expect(await runChain({ userId, sessionId, run: { kind: "all" } })).toMatchObject({
      value: { queued: 1, steps: [3] },
    });
    await work(sessionId);
    expect(await drawn(sessionId)).toEqual(["completed 1", "completed 1", "completed 1"]);
    await runChain({ userId, sessionId, run: { kind: "from", stepId } });
    await work(sessionId);
    expect(await drawn(sessionId)).toEqual(["completed 1", "completed 2", "completed 2"]);
  });

  test("a step without words, or with a model that is gone, is named before anything runs", async () => {
    const { userId, sessionId } = await newChain([link("one", 0), link("  ", 1)]);
    expect(await startSession({ userId, sessionId })).toMatchObject({
      ok: false,
      words: expect.stringContaining("Step 2: There is no prompt yet"),
    });
    const steps = [link("one", 0, { settings: { model: "no-such-model" } })];
    await saveChain({ userId, sessionId, chainVersion: 1, steps });
    expect(await startSession({ userId, sessionId })).toMatchObject({ ok: false, reason: "model" });
    expect(await drawn(sessionId)).toEqual([]);
  });
});

describe("edits after a run", () => {
  async function ran(count = 1) {
    const chain = [link("one", 0), link("two", 1), link("three", 0)];
    const made = await newChain(chain, count);
    await startSession(made);
    await work(made.sessionId);
    calls.length = 0;
    return { ...made, chain };
  }

  test("other words put a step and what it feeds out of date, keep their pictures, and only these run again", async () => {
    const { userId, sessionId, chain } = await ran(2);
    const edited = chain.map((one, at) => (at === 0 ? { ...one, prompt: "one, redder" } : one));
    expect(await saveChain({ userId, sessionId, chainVersion: 1, steps: edited })).toMatchObject({
      ok: true,
    });
    const old = ["completed old 1", "completed old 1", "completed 1"];
    expect(await drawn(sessionId)).toEqual([...old, ...old]);
    await work(sessionId);
    expect(calls).toHaveLength(0);
    await runChain({ userId, sessionId, run: { kind: "all" } });
    await work(sessionId);
    const fresh = ["completed 2", "completed 2", "completed 1"];
    expect(await drawn(sessionId)).toEqual([...fresh, ...fresh]);
    // Words taken back are the first words again.
    await saveChain({ userId, sessionId, chainVersion: 2, steps: chain });
    const again = ["completed old 2", "completed old 2", "completed 1"];
    expect(await drawn(sessionId)).toEqual([...again, ...again]);
    const [first] = await cells(sessionId);
    const [oldest] = await testDb.db
      .select({ id: attempts.id })
      .from(attempts)
      .where(eq(attempts.itemId, first?.id ?? ""))
      .orderBy(asc(attempts.number));
    await chooseAttempt({ userId, itemId: first?.id ?? "", attemptId: oldest?.id ?? "" });
    expect((await drawn(sessionId)).slice(0, 3)).toEqual(["completed 2", "completed old 2", "completed 1"]);
  });

  test("another attempt of a step puts what it feeds out of date; one input may run alone", async () => {
    const { userId, sessionId, inputIds } = await ran(2);
    const [first] = await cells(sessionId);
    await regenerateItems({ userId, sessionId, itemIds: [first?.id ?? ""] });
    await work(sessionId);
    const other = ["completed 1", "completed 1", "completed 1"];
    expect(await drawn(sessionId)).toEqual(["completed 2", "completed old 1", "completed 1", ...other]);
    await runChain({ userId, sessionId, run: { kind: "all" }, inputIds: [inputIds[1] ?? ""] });
    await work(sessionId);
    expect((await drawn(sessionId))[1]).toBe("completed old 1");
    await runChain({ userId, sessionId, run: { kind: "all" } });
    await work(sessionId);
    expect((await drawn(sessionId)).slice(0, 3)).toEqual(["completed 2", "completed 2", "completed 1"]);
  });

  test("a step that is switched off is passed by, and back on its result is up to date again", async () => {
    const { userId, sessionId, chain } = await ran();
    const off = chain.map((one, at) => (at === 0 ? { ...one, enabled: false } : one));
    await saveChain({ userId, sessionId, chainVersion: 1, steps: off });
    expect(await drawn(sessionId)).toEqual(["completed 1", "completed old 1", "completed 1"]);
    await saveChain({ userId, sessionId, chainVersion: 2, steps: chain });
    expect(await drawn(sessionId)).toEqual(["completed 1", "completed 1", "completed 1"]);
  });

  test("steps change places at once; one that is taken out comes back with what it made", async () => {
    const { userId, sessionId, chain } = await ran();
    const [one, two, three] = chain;
    if (!one || !two || !three) throw new Error("no chain");
    const turned = [three, one, { ...two, source: 2 }];
    await saveChain({ userId, sessionId, chainVersion: 1, steps: turned });
    expect(await drawn(sessionId)).toEqual(["completed 1", "completed 1", "completed 1"]);
    await saveChain({ userId, sessionId, chainVersion: 2, steps: [three, { ...two, source: 0 }] });
    expect((await cells(sessionId)).map(({ place, stale }) => [place, stale])).toEqual([
      [1, false],
      [2, true],
      [null, false],
    ]);
    await saveChain({ userId, sessionId, chainVersion: 3, steps: turned });
    expect(await drawn(sessionId)).toEqual(["completed 1", "completed 1", "completed 1"]);
    expect(calls).toHaveLength(0);
  });

  test("what waits for a step that is taken out is not made", async () => {
    const { userId, sessionId } = await newChain([link("one", 0), link("two", 1)]);
    await startSession({ userId, sessionId });
    const { steps: now = [] } = (await getChain({ userId, sessionId })) ?? {};
    await saveChain({ userId, sessionId, chainVersion: 1, steps: now.slice(0, 1) });
    await work(sessionId);
    expect(await drawn(sessionId)).toEqual(expect.arrayContaining(["completed 1", "cancelled 0"]));
    expect((await sessionRow(sessionId)).state).toBe("finished");
  });
});

/** The last step is handed out, and fed by one without a result before it begins. */
const FED_ANEW = [
  ...[1, 0, 2].map((a) => ({ kind: "off" as const, a })),
  { kind: "swap" as const, a: 1 },
  { kind: "run" as const, a: 3 },
  { kind: "from" as const, a: 0 },
  ...[1, 3].map((a) => ({ kind: "off" as const, a })),
  { kind: "swap" as const, a: 0 },
];

test("whatever is asked for, edited and answered in whatever order, the counts equal the items and all ends", async () => {
  const act = fc.record({
    kind: fc.constantFrom("run", "from", "work", "words", "off", "swap", "cancel", "retry"),
    a: fc.nat(3),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 12 }), async (acts) => {
      let chain = [link("one", 0), link("two", 1), link("three", 1), link("four", 2, { references: [3] })];
      const { userId, sessionId, ids } = await newChain(chain, 2);
      const target = { userId, sessionId };
      for (const { kind, a } of acts) {
        if (kind === "run") await runChain({ ...target, run: { kind: "all" } });
        if (kind === "from") await runChain({ ...target, run: { kind: "from", stepId: ids[a] ?? "" } });
        if (kind === "work") await workOnce(sessionId);
        if (kind === "cancel") await cancelSession(target);
        if (kind === "retry") await retryItems({ ...target, itemIds: "failed" });
        if (kind === "words")
          chain = replaceStep(chain, a + 1, { prompt: a === 1 ? "fail" : randomUUID() }).chain;
        if (kind === "off") chain = replaceStep(chain, a + 1, { enabled: !chain[a]?.enabled }).chain;
        if (kind === "swap") chain = moveStep(chain, a + 1, ((a + 1) % 4) + 1).chain;
        const { chainVersion } = await sessionRow(sessionId);
        if (["words", "off", "swap"].includes(kind)) {
          expect(await saveChain({ ...target, chainVersion, steps: chain })).toMatchObject({ ok: true });
        }
        await cells(sessionId);
      }
      await work(sessionId);
      await cells(sessionId);
      const session = await sessionRow(sessionId);
      expect(["draft", "finished", "cancelled"]).toContain(session.state);
    }),
    { numRuns: 15, examples: [[FED_ANEW]] },
  );
});

test("steps on connections of their own are handed out there as soon as they may run", async () => {
  const chain = [
    link("one", 0),
    link("sepia", 1, { settings: { ...DEFAULT_SETTINGS, model: "studio" } }),
  ].map(({ settings, ...one }) => ({ ...one, settings: settings && { model: settings.model } }));
  const { userId, sessionId } = await newChain(chain);
  await startSession({ userId, sessionId });
  const rows = await testDb.db.select().from(items).where(eq(items.sessionId, sessionId));
  expect(rows.map(({ connection }) => connection).sort()).toEqual(["echo", "studio"]);
  await dispatchReady({ sessionId });
  const first = await firstRunning(sessionId);
  if (!first) throw new Error("nothing runs");
  await runItem.handle(first, { step, runId: randomUUID() });
  const jobs = await testDb.db.execute<{ key: string }>(
    sql`select key from graphile_worker.jobs where key like ${`due:studio:${sessionId}%`}`,
  );
  expect(jobs).toHaveLength(1);
});

test("a chain is saved, read and run by its owner alone, and a later writer is told", async () => {
  const chain = [link("one", 0)];
  const { userId, sessionId } = await newChain(chain);
  const stranger = await newUser();
  const gone = { ok: false, reason: "not_found" };
  const theirs = { userId: stranger.id, sessionId };
  expect(await saveChain({ ...theirs, chainVersion: 1, steps: chain })).toMatchObject(gone);
  expect(await runChain({ ...theirs, run: { kind: "all" } })).toMatchObject(gone);
  expect(await getChain(theirs)).toBeNull();
  expect(await getRunPlan({ ...theirs, run: { kind: "all" } })).toBeUndefined();
  expect(await saveChain({ userId, sessionId, chainVersion: 0, steps: [link("two", 0)] })).toMatchObject({
    ok: false,
    reason: "conflict",
    words: expect.stringContaining("step 1 (“one”) is new"),
  });
  const other = await newChain([link("x", 0)]);
  const stolen = [{ ...link("y", 0), id: other.ids[0] ?? "" }];
  expect(await saveChain({ userId, sessionId, chainVersion: 1, steps: stolen })).toMatchObject({
    reason: "chain",
  });
  expect((await getChain(other))?.steps[0]?.prompt).toBe("x");
  expect((await getChain({ userId, sessionId }))?.steps).toEqual(chain);
});
