import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { GET as rows } from "@/app/api/shares/[token]/rows/route";
import { POST as unlock } from "@/app/api/shares/[token]/unlock/route";
import { audit, sessions, throttles } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { newDraft, newUser } from "@/scripts/testing/factories";
import { UNLOCKED_SECONDS } from "./constants";
import { isUnlocked } from "./lock";
import { createShare } from "./mutations/create-share";
import { revokeShare } from "./mutations/revoke-share";
import { listShares } from "./queries/list-shares";
import { findShareOf } from "./queries/open-share";
import { resolveShare } from "./queries/resolve-share";
import { createShareSchema } from "./schemas";

const PASSWORD = "Kontor 77";
const OPTIONS = { originals: false, prompts: false, names: false, download: false };
const UNKNOWN = "x".repeat(43);

let testDb: TestDb;
let userId: string;
let sessionId: string;
beforeAll(async () => {
  testDb = await createTestDb();
  ({ id: userId } = await newUser());
  ({ id: sessionId } = await newDraft({ userId, count: 1 }));
  await testDb.db.update(sessions).set({ state: "finished" }).where(eq(sessions.id, sessionId));
});
afterAll(() => testDb.close());
beforeEach(async () => {
  await testDb.db.delete(throttles);
});

async function newShare(password: string | null) {
  const share = await createShare({ userId, sessionId, options: OPTIONS, expiresInDays: 7, password });
  if (!share.ok) throw new Error(share.words);
  return { id: share.value.id, token: share.value.url.split("/").at(-1) ?? "" };
}

const context = (token: string) => ({ params: Promise.resolve({ token }) });

function askRows(token: string, cookie = "") {
  return rows(new Request("http://localhost:3000/rows", { headers: { cookie } }), context(token));
}

function tryPassword(token: string, password: unknown, headers: Record<string, string> = {}) {
  const body = JSON.stringify({ password });
  return unlock(
    new Request("http://localhost:3000/unlock", { method: "POST", body, headers }),
    context(token),
  );
}

async function cookieFor(token: string): Promise<string> {
  const answer = await tryPassword(token, PASSWORD);
  expect(answer.status).toBe(204);
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}

test("a locked link is answered like a missing one until its password was given; then it opens for a day", async () => {
  const { token } = await newShare(PASSWORD);
  const said = async (one: Response) => [one.status, (await one.json()).words];
  expect(await said(await askRows(token))).toEqual(await said(await askRows(UNKNOWN)));
  expect(await findShareOf(token, new Headers())).toBe("locked");
  const cookie = await cookieFor(token);
  const open = await askRows(token, cookie);
  expect(open.status).toBe(200);
  expect(await open.text()).not.toMatch(/argon2|password/i);
  const share = await resolveShare(token);
  if (!share) throw new Error("no share");
  const later = Date.now() + UNLOCKED_SECONDS * 1_000 + 1;
  expect(isUnlocked(share, new Headers({ cookie }), later)).toBe(false);
});

test("its cookie is out of scripts' reach, opens no other link, and cannot be made longer", async () => {
  const [one, other] = [await newShare(PASSWORD), await newShare(PASSWORD)];
  const answer = await tryPassword(one.token, PASSWORD);
  expect(answer.headers.get("set-cookie")).toMatch(/; Max-Age=86400; Path=\/; HttpOnly; SameSite=Lax$/);
  const cookie = await cookieFor(one.token);
  expect((await askRows(other.token, cookie.replace(one.id, other.id))).status).toBe(404);
  expect((await askRows(one.token, cookie.replace(/=\d+/, "=9999999999999"))).status).toBe(404);
});

test("revoked, it is gone for those let in too", async () => {
  const { id, token } = await newShare(PASSWORD);
  const cookie = await cookieFor(token);
  await revokeShare({ userId, shareId: id });
  expect((await askRows(token, cookie)).status).toBe(404);
  expect((await tryPassword(token, PASSWORD)).status).toBe(404);
});

test("five wrong passwords from one address close the door there, also for the right one", async () => {
  const { token } = await newShare(PASSWORD);
  const from = { "x-forwarded-for": "203.0.113.7" };
  for (const guess of ["", "kontor 77", "Kontor 78", "x", "y"]) {
    expect((await tryPassword(token, guess, from)).status).toBe(400);
  }
  expect((await tryPassword(token, PASSWORD, from)).status).toBe(429);
  expect((await tryPassword(token, PASSWORD, { "x-forwarded-for": "203.0.113.8" })).status).toBe(204);
});

test.each([UNKNOWN, "no token", "../x"])("nothing is unlocked at %s", async (token) => {
  expect((await tryPassword(token, PASSWORD)).status).toBe(404);
});

test("a link without a password asks for none, and says so to nobody who guesses", async () => {
  const { token } = await newShare(null);
  expect((await askRows(token)).status).toBe(200);
  expect((await tryPassword(token, PASSWORD)).status).toBe(404);
});

test("its owner sees that it is locked, never the hash; the record has neither", async () => {
  const { id } = await newShare(PASSWORD);
  const list = await listShares({ sessionId, userId });
  expect(list.find((one) => one.id === id)).toMatchObject({ locked: true, options: OPTIONS });
  const written = await testDb.db.select().from(audit).where(eq(audit.action, "share.create"));
  expect(JSON.stringify([list, written])).not.toMatch(/argon2|Kontor/);
});

test.each(["12345", "x".repeat(201)])("%s is no password for a link", (password) => {
  const link = { sessionId, options: OPTIONS, expiresInDays: 7 };
  expect(createShareSchema.safeParse({ ...link, password }).success).toBe(false);
  expect(createShareSchema.parse(link).password).toBeNull();
});

test.each([null, 7, "x".repeat(1_000)])("what is no password (%j) is refused in words", async (password) => {
  const { token } = await newShare(PASSWORD);
  expect((await tryPassword(token, password)).status).toBe(400);
});
