import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attempts, images, items } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { findModel, registerModel } from "@/lib/models/registry";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { storage } from "@/lib/storage";
import { newDraft, newUser, tinyPng } from "@/scripts/testing/factories";
import { registerEchoModel } from "@/scripts/testing/models";
import { makeResult } from "../make-result";
import { beginAttempt } from "./begin-attempt";
import { dispatch } from "./dispatch";
import { endAttempt } from "./end-attempt";
import { releaseLeases } from "./release-leases";

// A process may die after a result became an image and before it was settled. The next try often makes the same bytes.

let testDb: TestDb;

beforeAll(async () => {
  testDb = await createTestDb();
  registerEchoModel();
  const echo = findModel("echo");
  if (!echo) throw new Error("no echo");
  registerModel({
    ...echo,
    async make(request, { send }) {
      await send();
      const path = join(request.workDir, "painted.png");
      await writeFile(path, await tinyPng("#fedcba"));
      return { path, cost: 0, modelVersion: "1", requestId: null, usage: null, used: {}, notes: [] };
    },
  });
});
afterAll(async () => {
  await testDb.close();
});

async function handedOut() {
  const user = await newUser();
  const draft = await newDraft({ userId: user.id, count: 1 });
  await startSession({ userId: user.id, sessionId: draft.id });
  return { userId: user.id, sessionId: draft.id };
}

async function begin(sessionId: string) {
  const [item] = await testDb.db.select().from(items).where(eq(items.sessionId, sessionId));
  if (!item) throw new Error("no item");
  const begun = await beginAttempt({ itemId: item.id, dispatch: item.dispatch, runId: randomUUID() });
  if (!begun || "returned" in begun) throw new Error("not begun");
  return begun;
}

/** Its worker is gone, and it is handed out anew. */
async function loseAndHandOut(sessionId: string) {
  await testDb.db.execute(
    sql`update items set lease_until = now() - interval '1 s' where session_id = ${sessionId}`,
  );
  await releaseLeases({ deadWorkers: [] });
  await dispatch("echo");
}

async function assertResultIsThere(userId: string) {
  const [made] = await testDb.db
    .select({ key: images.storageKey })
    .from(attempts)
    .innerJoin(images, eq(images.id, attempts.imageId))
    .where(eq(attempts.ownerId, userId));
  expect(made && (await storage().head(made.key))).not.toBeNull();
}

test("what became an image stays when its attempt is lost, and the next try has its bytes", async () => {
  const { userId, sessionId } = await handedOut();
  expect(await makeResult(await begin(sessionId))).toMatchObject({ kind: "made" });
  await loseAndHandOut(sessionId);
  const again = await begin(sessionId);
  const outcome = await makeResult(again);
  if (outcome.kind !== "made") throw new Error(outcome.kind);
  await endAttempt(again, outcome);
  await assertResultIsThere(userId);
});

test("an image whose bytes are gone gets those of the next picture that is the same", async () => {
  const { userId, sessionId } = await handedOut();
  const first = await begin(sessionId);
  expect(await makeResult(first)).toMatchObject({ kind: "made" });
  const [image] = await testDb.db
    .select()
    .from(images)
    .where(sql`${images.ownerId} = ${userId} and ${images.storageKey} like ${`%${first.attemptId}%`}`);
  await storage().delete([image?.storageKey ?? ""]);
  await loseAndHandOut(sessionId);
  const again = await begin(sessionId);
  const outcome = await makeResult(again);
  if (outcome.kind !== "made") throw new Error(outcome.kind);
  expect(outcome.imageId).toBe(image?.id);
  await endAttempt(again, outcome);
  await assertResultIsThere(userId);
});
