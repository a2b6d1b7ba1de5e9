import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { NextRequest } from "next/server";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { items } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { newDraft, newUser } from "@/scripts/testing/factories";
import { use } from "@/scripts/testing/fake-inngest/in-process";
import { signed } from "@/scripts/testing/fake-inngest/sign";
import { type FakeInngestServer, startFakeInngest } from "@/scripts/testing/fake-inngest/start-fake-inngest";
import { type EchoCall, registerEchoModel } from "@/scripts/testing/models";
import { GET, POST, PUT } from "./route";

// F17: who may call the functions from outside.

const SIGNING_KEY = `signkey-test-${randomBytes(32).toString("hex")}`;
const OTHER_KEY = `signkey-test-${randomBytes(32).toString("hex")}`;
const URL = "http://localhost:3000/api/inngest";

let testDb: TestDb;
let server: FakeInngestServer;
let calls: EchoCall[];
let item: typeof items.$inferSelect;

beforeAll(async () => {
  testDb = await createTestDb();
  calls = registerEchoModel();
  const user = await newUser();
  const draft = await newDraft({ userId: user.id, count: 1 });
  await startSession({ userId: user.id, sessionId: draft.id });
  const [row] = await testDb.db.select().from(items).where(eq(items.sessionId, draft.id));
  if (!row) throw new Error("no item");
  item = row;
});
afterAll(() => testDb.close());
beforeEach(async () => {
  server = await startFakeInngest({ eventKey: "events", signingKey: SIGNING_KEY });
  use({
    INNGEST_BASE_URL: server.address,
    INNGEST_EVENT_KEY: "events",
    INNGEST_SIGNING_KEY: SIGNING_KEY,
  });
});
afterEach(async () => {
  use({ INNGEST_BASE_URL: undefined, INNGEST_EVENT_KEY: undefined, INNGEST_SIGNING_KEY: undefined });
  use({ INNGEST_DEV: undefined });
  await server.close();
});

function bodyFor() {
  const event = { name: "item/dispatched", data: { itemId: item.id, dispatch: item.dispatch } };
  return {
    ...{ version: 2, event, events: [event], steps: {}, use_api: false },
    ctx: { run_id: "01RUN", attempt: 0, max_attempts: 4, stack: { stack: [], current: 0 } },
  };
}

function call(headers: Record<string, string> = {}, body: unknown = bodyFor()): Promise<Response> {
  const address = `${URL}?fnId=contact-sheet-run-item&stepId=step`;
  const init = {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  };
  const request = new NextRequest(address, { ...init, headers: { ...init.headers, ...headers } });
  return POST(request, { params: Promise.resolve({}) });
}

const signature = (key: string, at?: number) => ({ "x-inngest-signature": signed(bodyFor(), key, at) });
const MINUTE = 60_000;

async function assertUntouched() {
  const [now] = await testDb.db.select().from(items).where(eq(items.id, item.id));
  expect(now).toEqual(item);
  expect(calls).toEqual([]);
}

test.each([
  ["without a signature", () => ({})],
  ["with a signature by another key", () => signature(OTHER_KEY)],
  ["with a signature that is none", () => ({ "x-inngest-signature": "t=&s=" })],
  ["of 6 minutes ago", () => signature(SIGNING_KEY, Date.now() - 6 * MINUTE)],
  ["from 6 minutes ahead", () => signature(SIGNING_KEY, Date.now() + 6 * MINUTE)],
])("a call %s is refused and changes nothing", async (_name, headers) => {
  const answer = await call(headers());
  expect(answer.status).toBe(401);
  expect(await answer.json()).toEqual({ message: "Unauthorized" });
  await assertUntouched();
});

test("a call whose body was changed after it was signed is refused", async () => {
  const other = { ...bodyFor(), steps: { forged: { type: "data", data: null } } };
  expect((await call(signature(SIGNING_KEY), other)).status).toBe(401);
  await assertUntouched();
});

test("what the route is and knows is told to nobody without a signature", async () => {
  const answer = await GET(new NextRequest(URL), { params: Promise.resolve({}) });
  expect(answer.status).toBe(401);
  expect(await answer.text()).not.toMatch(/contact-sheet|run-item|signkey/);
});

test("it registers with the key's hash, never the key, and only where the settings say", async () => {
  const request = new NextRequest("http://evil.example/api/inngest", {
    method: "PUT",
    headers: { host: "evil.example", "x-forwarded-host": "evil.example" },
  });
  const answer = await PUT(request, { params: Promise.resolve({}) });
  expect(answer.status).toBe(200);
  const registered = server.inngest.registered();
  expect(registered.map(({ id }) => id).sort()).toEqual([
    "contact-sheet-fill-batches",
    "contact-sheet-finish-session",
    "contact-sheet-probe-input",
    "contact-sheet-probe-input-failure",
    "contact-sheet-reconcile",
    "contact-sheet-run-item",
    "contact-sheet-run-item-failure",
    "contact-sheet-sweep",
    "contact-sheet-wake-connection",
    "contact-sheet-watch-batch",
  ]);
  const runItem = registered.find(({ id }) => id === "contact-sheet-run-item");
  expect(runItem).toMatchObject({
    concurrency: [
      { limit: 100, key: "event.data.ownerId" },
      { limit: 100, key: "event.data.connection" },
    ],
    throttle: { key: "event.data.connection" },
    timeouts: { start: "10m" },
  });
  const [address] = registered.map(({ steps }) => steps.step.runtime.url);
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:3000\/api\/inngest\?/);
  expect(JSON.stringify(registered)).not.toContain("evil.example");
  expect(JSON.stringify(registered)).not.toContain(SIGNING_KEY.slice(-20));
});

test("a development server signs nothing, so pages of other sites are kept out", async () => {
  use({ INNGEST_BASE_URL: undefined, INNGEST_EVENT_KEY: undefined, INNGEST_SIGNING_KEY: undefined });
  use({ INNGEST_DEV: server.address });
  expect((await call({ origin: "https://evil.example", host: "localhost:3000" })).status).toBe(404);
  await assertUntouched();
});

test("without Inngest's settings the route is not there", async () => {
  use({ INNGEST_BASE_URL: undefined, INNGEST_EVENT_KEY: undefined, INNGEST_SIGNING_KEY: undefined });
  for (const headers of [{}, signature(SIGNING_KEY)]) expect((await call(headers)).status).toBe(404);
  await assertUntouched();
});

test("a signed call runs a step; the same call once more finds that done", async () => {
  const headers = signature(SIGNING_KEY);
  expect((await call(headers)).status).toBe(206);
  expect((await call(headers)).status).toBe(206);
  const [now] = await testDb.db.select().from(items).where(eq(items.id, item.id));
  expect(now).toMatchObject({ attemptCount: 1, dispatch: item.dispatch });
});
