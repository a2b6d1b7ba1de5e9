import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET as download } from "@/app/api/shares/[token]/download/route";
import { GET as file } from "@/app/api/shares/[token]/files/[...key]/route";
import { GET as rows } from "@/app/api/shares/[token]/rows/route";
import { attempts, images, inputs, items, sessions, shares, steps, throttles, users } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { storage } from "@/lib/storage";
import { newUploadKey, thumbKey } from "@/lib/storage/keys";
import type { DownloadList } from "@/lib/zip/types";
import { createShare } from "./mutations/create-share";
import { revokeShare } from "./mutations/revoke-share";
import { listShares } from "./queries/list-shares";
import { resolveShare } from "./queries/resolve-share";
import type { SharedRowsAnswer, ShareOptions } from "./types";

let test_: TestDb;
let owner: string;
let stranger: string;
let sessionId: string;
let stepId: string;
let pictures: { source: string; result: string; hidden: string };

const NOTHING: ShareOptions = { originals: false, prompts: false, names: false, download: false };
const ALL: ShareOptions = { originals: true, prompts: true, names: true, download: true };

beforeAll(async () => {
  test_ = await createTestDb();
});
afterAll(() => test_.close());

beforeEach(async () => {
  await test_.db.delete(throttles);
  [owner, stranger] = await Promise.all([newUser(), newUser()]);
  sessionId = await newSession();
  pictures = {
    source: await newImage("source"),
    result: await newImage("result"),
    hidden: await newImage("hidden"),
  };
  await newItem({ position: 1, status: "completed", imageId: pictures.result });
  await newItem({ position: 2, status: "failed", imageId: null });
  await newItem({ position: 3, status: "completed", imageId: pictures.hidden, review: "rejected" });
});

async function newUser(): Promise<string> {
  const [row] = await test_.db
    .insert(users)
    .values({ email: `secret-${randomUUID()}@example.com`, name: "Mara Secret" })
    .returning();
  return row?.id ?? "";
}

async function newSession(): Promise<string> {
  const [row] = await test_.db
    .insert(sessions)
    .values({
      ownerId: owner,
      name: "Autumn",
      state: "finished",
      settings: DEFAULT_SETTINGS,
      completedCount: 2,
      failedCount: 1,
      spend: 4_200_000,
    })
    .returning();
  const id = row?.id ?? "";
  const [step] = await test_.db
    .insert(steps)
    .values({ ownerId: owner, sessionId: id, position: 1 })
    .returning();
  stepId = step?.id ?? "";
  return id;
}

async function newImage(what: string): Promise<string> {
  const sha256 = Buffer.from(what.padEnd(32, "-")).toString("hex");
  const storageKey = newUploadKey(owner);
  await storage().put(storageKey, Buffer.from(`bytes of ${what}`));
  await storage().put(thumbKey(owner, sha256, 256), Buffer.from(`thumb of ${what}`));
  const [row] = await test_.db
    .insert(images)
    .values({
      ownerId: owner,
      sha256,
      bytes: 9 + what.length,
      width: 200,
      height: 100,
      format: "png",
      alpha: false,
      storageKey,
      thumbhash: "aaaa",
    })
    .returning();
  return row?.id ?? "";
}

async function newItem(given: {
  position: number;
  status: "completed" | "failed";
  imageId: string | null;
  review?: "rejected";
}) {
  const { db } = test_;
  const own = { ownerId: owner, sessionId };
  const sourceName = `private-name-${given.position}.jpg`;
  const [input] = await db
    .insert(inputs)
    .values({
      ...own,
      position: given.position,
      sourceName,
      sourceBytes: 1,
      state: "ready",
      imageId: pictures.source,
    })
    .returning();
  const [item] = await db
    .insert(items)
    .values({
      ...own,
      inputId: input?.id ?? "",
      stepId,
      position: given.position,
      connection: "studio",
      status: given.status,
      review: given.review ?? "none",
      reviewNote: "secret note",
    })
    .returning();
  const [attempt] = await db
    .insert(attempts)
    .values({
      ownerId: owner,
      itemId: item?.id ?? "",
      number: 1,
      runId: "run",
      prompt: "secret prompt",
      model: "studio",
      settings: { output: DEFAULT_SETTINGS.output },
      outcome: given.status,
      requestId: "req-secret",
      cost: 42_000,
      imageId: given.imageId,
    })
    .returning();
  if (given.imageId) {
    await db
      .update(items)
      .set({ currentAttemptId: attempt?.id })
      .where(eq(items.id, item?.id ?? ""));
  }
}

async function share(options: ShareOptions, expiresInDays: 7 | 30 | null = null) {
  const made = await createShare({ userId: owner, sessionId, options, expiresInDays });
  if (!made.ok) throw new Error(made.words);
  return { id: made.value.id, token: made.value.url.split("/").at(-1) ?? "" };
}

const request = (address = "203.0.113.9") =>
  new Request("http://localhost:3000/api/shares/x", { headers: { "x-forwarded-for": address } });
const with_ = <P>(params: P) => ({ params: Promise.resolve(params) });

async function getRows(token: string): Promise<{ response: Response; answer: SharedRowsAnswer }> {
  const response = await rows(request(), with_({ token }));
  return { response, answer: await response.json() };
}

const getFile = (token: string, ...key: string[]) => file(request(), with_({ token, key }));

describe("a share link", () => {
  test("shows finished results and nothing that was not chosen", async () => {
    const { token } = await share(NOTHING);
    const { response, answer } = await getRows(token);
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(response.headers.get("x-robots-tag")).toBe("noindex, nofollow, noarchive");
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(answer).toMatchObject({ title: "Autumn", total: 1, open: false, next: null });
    expect(answer.rows).toEqual([
      {
        n: 1,
        variant: 1,
        name: null,
        prompt: null,
        source: null,
        result: { imageId: pictures.result, width: 200, height: 100, alpha: false, thumbhash: "aaaa" },
      },
    ]);
  });

  test("adds names, prompts and originals where its owner chose them", async () => {
    const { token } = await share(ALL);
    const { answer } = await getRows(token);
    expect(answer.rows[0]).toMatchObject({
      name: "private-name-1.jpg",
      prompt: "secret prompt",
      source: { imageId: pictures.source },
    });
  });

  test("leaks no e-mail, cost, note, provider id or id of the owner in any answer", async () => {
    const { token } = await share(ALL);
    const answers = [await getRows(token), await (await download(request(), with_({ token }))).json()];
    const text = JSON.stringify(answers);
    const forbidden =
      /secret-|Mara|req-secret|secret note|"(email|ownerId|owner_id|userId|sessionId|cost|spend|requestId|request_id|storageKey|phash|tokenHash|review|seed|model)"/;
    expect(text).not.toMatch(forbidden);
    expect(text).not.toContain(owner);
    expect(text).not.toContain(sessionId);
  });

  test("keeps names and prompts out of the archive too", async () => {
    const { token } = await share({ ...NOTHING, download: true });
    const list: DownloadList = await (await download(request(), with_({ token }))).json();
    expect(list.files.map(({ name }) => name)).toEqual(["0001.png"]);
    expect(JSON.stringify(list)).not.toMatch(/private-name|secret prompt/);
    expect(list.manifestCsv.split("\r\n")[0]).toBe("\ufeffn,variant,file,sha256,bytes,width,height");
  });

  test("refuses the archive and whole files where downloads are off", async () => {
    const { token } = await share({ ...ALL, download: false });
    expect((await download(request(), with_({ token }))).status).toBe(404);
    expect((await getFile(token, pictures.result, "full")).status).toBe(404);
    expect((await getFile(token, pictures.result, "1280")).status).toBe(200);
  });
});

describe("pictures of a share", () => {
  test("come as our thumbnails, the result whole, a source never as uploaded", async () => {
    const { token } = await share(ALL);
    const thumb = await getFile(token, pictures.result, "480");
    expect(await thumb.text()).toBe("thumb of result");
    expect(thumb.headers.get("cache-control")).toBe("private, no-store");
    expect(await (await getFile(token, pictures.result, "full")).text()).toBe("bytes of result");
    expect(await (await getFile(token, pictures.source, "1280")).text()).toBe("thumb of source");
    expect((await getFile(token, pictures.source, "full")).status).toBe(404);
  });

  test("do not open rejected results, hidden originals or other sessions", async () => {
    const { token } = await share(NOTHING);
    expect((await getFile(token, pictures.source, "256")).status).toBe(404);
    expect((await getFile(token, pictures.hidden, "256")).status).toBe(404);
    const mine = pictures.result;
    sessionId = await newSession();
    const other = await share(ALL);
    expect((await getFile(other.token, mine, "256")).status).toBe(404);
  });

  test.each([["256"], ["../256", "256"], ["x", "256"], [randomUUID(), "256"], [randomUUID(), "999"], []])(
    "answer 404 to %j",
    async (...key) => {
      const { token } = await share(ALL);
      expect((await getFile(token, ...key)).status).toBe(404);
    },
  );
});

describe("a link ends", () => {
  async function expectGone(token: string) {
    const unknown = await (await rows(request(), with_({ token: "x".repeat(43) }))).json();
    for (const response of [
      await rows(request(), with_({ token })),
      await download(request(), with_({ token })),
      await getFile(token, pictures.result, "256"),
    ]) {
      expect(response.status).toBe(404);
      const { reason, words } = await response.json();
      expect({ reason, words }).toEqual({ reason: unknown.reason, words: unknown.words });
    }
  }

  test("when it is revoked, at once, and revoking again is no error", async () => {
    const { id, token } = await share(ALL);
    expect(await resolveShare(token)).not.toBeNull();
    expect((await revokeShare({ userId: owner, shareId: id })).ok).toBe(true);
    await expectGone(token);
    expect((await revokeShare({ userId: owner, shareId: id })).ok).toBe(true);
  });

  test("when its time is over by the database clock", async () => {
    const { id, token } = await share(ALL, 7);
    expect(await resolveShare(token)).not.toBeNull();
    await test_.db
      .update(shares)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(shares.id, id));
    await expectGone(token);
    expect(await listShares({ sessionId, userId: owner })).toMatchObject([{ id, state: "expired" }]);
  });

  test("when its session is deleted", async () => {
    const { token } = await share(ALL);
    await test_.db.update(sessions).set({ deletedAt: sql`now()` }).where(eq(sessions.id, sessionId));
    await expectGone(token);
  });
});

describe("only the owner", () => {
  test("makes, sees and revokes links", async () => {
    const { id, token } = await share(ALL);
    const foreign = await createShare({ userId: stranger, sessionId, options: ALL, expiresInDays: null });
    expect(foreign).toMatchObject({ ok: false, reason: "not_found" });
    expect(await revokeShare({ userId: stranger, shareId: id })).toMatchObject({
      ok: false,
      reason: "not_found",
    });
    expect(await listShares({ sessionId, userId: stranger })).toEqual([]);
    expect(await resolveShare(token)).not.toBeNull();
  });

  test("never sees a token again: only its hash is kept", async () => {
    const { token } = await share(ALL);
    expect(token).toMatch(/^[\w-]{43}$/);
    const stored = JSON.stringify(await test_.db.select().from(shares));
    expect(stored).not.toContain(token);
    expect(JSON.stringify(await listShares({ sessionId, userId: owner }))).not.toContain(token);
  });

  test("shares a session that has started", async () => {
    await test_.db.update(sessions).set({ state: "draft" }).where(eq(sessions.id, sessionId));
    const made = await createShare({ userId: owner, sessionId, options: ALL, expiresInDays: 7 });
    expect(made).toMatchObject({ ok: false, reason: "draft" });
  });
});

test("an address that tries wrong links is slowed down, others are not", async () => {
  const miss = (address: string) => rows(request(address), with_({ token: "y".repeat(43) }));
  for (let n = 0; n < 30; n += 1) expect((await miss("198.51.100.1")).status).toBe(404);
  expect((await miss("198.51.100.1")).status).toBe(429);
  expect((await miss("198.51.100.2")).status).toBe(404);
});
