import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import { inspect } from "node:util";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db";
import { audit, connections, limits, users } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { forgetEnv } from "@/lib/env";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { pauseSession, resumeSession } from "@/lib/sessions/mutations/steer-session";
import { newSettings } from "@/lib/sessions/queries/new-settings";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { registerEchoModel } from "@/scripts/testing/models";
import { changeConnection, createConnection } from "./mutations/edit-connections";
import { ensureLimits } from "./mutations/ensure-limits";
import { revokeConnection } from "./mutations/revoke-connection";
import { learnLimits, setLimits } from "./mutations/set-limits";
import { testConnection } from "./mutations/test-connection";
import { defaultChoice, findConnection, listConnections, listModelChoices } from "./queries";

const KEY = "sk-test-0123456789-abcd-WXYZ";
let testDb: TestDb;
let me: string;
let stranger: string;

beforeAll(async () => {
  testDb = await createTestDb();
  registerEchoModel();
});
afterAll(() => testDb.close());
beforeEach(async () => {
  me = (await newUser()).id;
  stranger = (await newUser()).id;
  setEnv({ ENCRYPTION_KEY: sealingKey, PRIVATE_CONNECTIONS: "allow" });
});

const sealingKey = randomBytes(32).toString("base64");
const ours = [
  "ENCRYPTION_KEY",
  "ENCRYPTION_KEY_OLD",
  "PRIVATE_CONNECTIONS",
  "OPENAI_API_KEY",
  "OPENAI_BASE_URL",
];
const more = [
  "OPENAI_MODEL",
  "OPENAI_DIALECT",
  "OPENAI_IMAGES_PER_MINUTE",
  "OPENAI_REQUESTS_PER_MINUTE",
  "OPENAI_IN_FLIGHT",
];

function setEnv(values: Record<string, string>) {
  for (const name of [...ours, ...more]) delete process.env[name];
  Object.assign(process.env, values);
  forgetEnv();
}

const fields = { label: "Team key", dialect: "openai", address: "", apiKey: KEY } as const;

async function created(overrides: Partial<Parameters<typeof createConnection>[0]> = {}): Promise<string> {
  const result = await createConnection({ userId: me, ...fields, ...overrides });
  if (!result.ok) throw new Error(result.words);
  return result.value.id;
}

async function limitsOf(connection: string) {
  const [row] = await db().select().from(limits).where(eq(limits.connection, connection));
  return row;
}

describe("a stored key", () => {
  test("opens for its owner alone, and is nowhere to be read", async () => {
    const id = await created();
    const connection = await findConnection({ key: id, ownerId: me });
    expect(connection?.apiKey).toBe(KEY);
    expect(connection?.trusted).toBe(false);
    expect(await findConnection({ key: id, ownerId: stranger })).toBeNull();
    const { rows } = await everything();
    expect(rows).not.toContain(KEY);
    expect(rows).not.toContain(KEY.slice(0, 12));
    const shown = [JSON.stringify(connection), inspect(connection, { depth: 9 }), `${connection}`].join();
    expect(shown + JSON.stringify({ ...connection })).not.toContain(KEY);
  });

  test("shows its last four characters, to its owner alone", async () => {
    const id = await created();
    const [view] = await listConnections({ userId: me });
    expect(view).toMatchObject({
      key: id,
      label: "Team key",
      last4: "WXYZ",
      hasKey: true,
      mayEdit: true,
      keyLost: false,
    });
    expect(JSON.stringify(view)).not.toContain(KEY.slice(0, -4));
    expect(await listConnections({ userId: stranger })).toEqual([]);
  });

  test("of another owner's row does not open when it is copied over", async () => {
    const [mine, theirs] = [
      await created(),
      await created({ userId: stranger, apiKey: "sk-theirs-0123456789" }),
    ];
    await db().execute(sql`
      update connections set sealed_key = (select sealed_key from connections where id = ${theirs}) where id = ${mine}`);
    expect(await findConnection({ key: mine, ownerId: me })).toBeNull();
    expect((await listConnections({ userId: me }))[0]?.keyLost).toBe(true);
  });

  test("is said to be lost under another ENCRYPTION_KEY, and opens again under the old one", async () => {
    const id = await created();
    const next = randomBytes(32).toString("hex");
    setEnv({ ENCRYPTION_KEY: next });
    expect(await findConnection({ key: id, ownerId: me })).toBeNull();
    expect((await listConnections({ userId: me }))[0]?.keyLost).toBe(true);
    setEnv({ ENCRYPTION_KEY: next, ENCRYPTION_KEY_OLD: sealingKey });
    expect((await findConnection({ key: id, ownerId: me }))?.apiKey).toBe(KEY);
  });

  test("is not taken in without ENCRYPTION_KEY", async () => {
    setEnv({});
    expect(await createConnection({ userId: me, ...fields })).toMatchObject({
      ok: false,
      reason: "cannot_seal",
    });
    expect(await listConnections({ userId: me })).toEqual([]);
  });
});

describe("adding and changing", () => {
  test.each([
    ["", "sd-server", /enter its address/],
    ["localhost:8080", "localai", /http/],
    ["ftp://example.com", "openai", /http/],
    ["https://me:key@example.com/v1", "openai", /own field/],
    ["https://example.com/v1?key=1", "openai", /after a \?/],
    ["not an address", "sglang", /address of a server/],
  ] as const)("%j as the address of %s is refused", async (address, dialect, words) => {
    const result = await createConnection({ userId: me, ...fields, address, dialect });
    expect(result).toMatchObject({ ok: false, reason: "address", words: expect.stringMatching(words) });
  });

  test("addresses of this network are refused unless the operator allows them", async () => {
    setEnv({ ENCRYPTION_KEY: sealingKey });
    for (const address of [
      "http://127.0.0.1:1234/v1",
      "http://localhost:1234",
      "http://169.254.169.254/",
      "http://0x7f.1",
    ]) {
      const result = await createConnection({ userId: me, ...fields, address, dialect: "sd-server" });
      expect(result, address).toMatchObject({
        ok: false,
        words: expect.stringMatching(/PRIVATE_CONNECTIONS=allow/),
      });
    }
    expect(await listConnections({ userId: me })).toEqual([]);
  });

  test("the provider's own address is none, and asks for a key", async () => {
    await created({ address: "https://api.openai.com/v1/" });
    expect((await listConnections({ userId: me }))[0]?.address).toBeNull();
    expect(await createConnection({ userId: me, ...fields, apiKey: "" })).toMatchObject({
      ok: false,
      reason: "key",
    });
  });

  test("a new name keeps the key; a new address needs it again", async () => {
    const id = await created();
    expect(await changeConnection({ userId: me, id, label: "Other" })).toEqual({ ok: true });
    expect((await findConnection({ key: id, ownerId: me }))?.apiKey).toBe(KEY);
    const address = "https://collector.example/v1";
    expect(await changeConnection({ userId: me, id, address })).toMatchObject({ ok: false, reason: "key" });
    expect((await findConnection({ key: id, ownerId: me }))?.baseUrl).toBeNull();
    expect(await changeConnection({ userId: me, id, address, apiKey: "sk-another-0123456789" })).toEqual({
      ok: true,
    });
    expect(await findConnection({ key: id, ownerId: me })).toMatchObject({
      baseUrl: address,
      label: "Other",
    });
    expect((await findConnection({ key: id, ownerId: me }))?.apiKey).toBe("sk-another-0123456789");
  });

  test("nobody changes, tests, limits or revokes what is another's", async () => {
    const id = await created();
    const before = await everything();
    const tries = [
      await changeConnection({ userId: stranger, id, label: "Mine now" }),
      await testConnection({ userId: stranger, key: id }),
      await setLimits({
        userId: stranger,
        key: id,
        imagesPerMinute: 1,
        requestsPerMinute: null,
        maxInFlight: 1,
      }),
      await learnLimits({ userId: stranger, key: id }),
      await revokeConnection({ userId: stranger, id }),
      await changeConnection({ userId: me, id: randomUUID(), label: "Nothing" }),
    ];
    expect(tries.map((one) => (one.ok ? "ok" : one.reason))).toEqual(Array(6).fill("not_found"));
    expect(await everything()).toEqual(before);
  });
});

describe("testing", () => {
  let server: Server | null = null;
  async function serve(listener: RequestListener): Promise<string> {
    const next = createServer(listener);
    server = next;
    await new Promise<void>((resolve) => next.listen(0, "127.0.0.1", resolve));
    const at = next.address();
    return `http://127.0.0.1:${at && typeof at === "object" ? at.port : 0}/v1`;
  }
  const answering = (status: number, body: string, headers: Record<string, string> = {}): RequestListener => {
    return (_, response) => void response.writeHead(status, headers).end(body);
  };
  afterAll(() => server?.closeAllConnections());

  test("keeps the models the server named, and asks with the key", async () => {
    const asked: (string | undefined)[] = [];
    const address = await serve((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      response.end(JSON.stringify({ object: "list", data: [{ id: "flux-1" }, { id: "sd-3" }] }));
    });
    const id = await created({ dialect: "localai", address });
    expect(await testConnection({ userId: me, key: id })).toEqual({ ok: true, value: { models: 2 } });
    expect(asked).toEqual([`GET /v1/models Bearer ${KEY}`]);
    expect((await listConnections({ userId: me }))[0]).toMatchObject({ models: ["flux-1", "sd-3"] });
    expect((await listConnections({ userId: me }))[0]?.testedAt).toBeGreaterThan(Date.now() - 60_000);
  });

  const echoed = JSON.stringify({ error: { message: `Incorrect API key provided: ${KEY}` } });
  test.each([
    ["a wrong key", answering(401, echoed), "key", /refuses this key/],
    ["a key without access", answering(403, echoed), "access", /does not let it in/],
    ["another path", answering(404, "<h1>Not found</h1>"), "path", /no list of models/],
    ["too many requests", answering(429, "{}"), "busy", /slow down/],
    ["a server that loads", answering(503, "loading"), "server", /fault of its own/],
    ["a web page", answering(200, "<html>hello</html>"), "kind", /not as LocalAI/],
    ["another JSON", answering(200, '{"models":[]}'), "kind", /not as LocalAI/],
    [
      "an endless list",
      answering(200, `{"data":[${'{"id":"x"},'.repeat(200_000)}`),
      "kind",
      /not as LocalAI/,
    ],
    [
      "a redirect",
      answering(302, "", { location: "http://127.0.0.1:1/steal" }),
      "refused",
      /sends the request on/,
    ],
    ["a hung-up line", (request) => void request.socket.destroy(), "broken", /broke/],
  ] satisfies [string, RequestListener, string, RegExp][])(
    "tells %s by its words",
    async (_, listener, reason, words) => {
      const id = await created({ dialect: "localai", address: await serve(listener) });
      const result = await testConnection({ userId: me, key: id });
      expect(result).toMatchObject({ ok: false, reason, words: expect.stringMatching(words) });
      expect(JSON.stringify(result)).not.toContain("sk-test");
      expect((await listConnections({ userId: me }))[0]?.testedAt).toBeNull();
    },
  );

  test("tells a server that is not there and a name that nobody has", async () => {
    const address = await serve(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    const closed = await created({ dialect: "localai", address });
    expect(await testConnection({ userId: me, key: closed })).toMatchObject({ reason: "closed" });
    const nameless = await created({ dialect: "localai", address: "http://no-such-host.invalid/v1" });
    expect(await testConnection({ userId: me, key: nameless })).toMatchObject({ reason: "name" });
  });

  test("vouches for nothing that was changed meanwhile", async () => {
    let change = async () => {};
    const address = await serve(async (_, response) => {
      await change();
      response.end('{"data":[{"id":"flux-1"}]}');
    });
    const id = await created({ dialect: "localai", address });
    change = async () => void (await changeConnection({ userId: me, id, apiKey: "sk-another-0123456789" }));
    expect(await testConnection({ userId: me, key: id })).toMatchObject({ ok: false, reason: "changed" });
    expect((await listConnections({ userId: me }))[0]).toMatchObject({ testedAt: null, models: [] });
  });

  test("reaches nothing private once the operator stops allowing it", async () => {
    let calls = 0;
    const address = await serve((_, response) => {
      calls += 1;
      response.end('{"data":[]}');
    });
    const id = await created({ dialect: "localai", address });
    setEnv({ ENCRYPTION_KEY: sealingKey });
    expect(await testConnection({ userId: me, key: id })).toMatchObject({ ok: false, reason: "refused" });
    expect(calls).toBe(0);
    setEnv({ OPENAI_BASE_URL: address, OPENAI_DIALECT: "localai" });
    expect(await testConnection({ userId: me, key: "env" })).toMatchObject({ reason: "not_owner" });
    const owner = await installationOwner();
    expect(await testConnection({ userId: owner, key: "env" })).toMatchObject({ ok: true });
    expect(calls).toBe(1);
  });
});

describe("limits", () => {
  test("begin at 5 images a minute for what is paid, and one at a time without a rate elsewhere", async () => {
    const paid = await created();
    const own = await created({ dialect: "sd-server", address: "http://127.0.0.1:1234/v1", apiKey: "" });
    expect(await limitsOf(paid)).toMatchObject({ imagesPerMinute: 5, rateSource: "default" });
    expect(await limitsOf(own)).toMatchObject({ imagesPerMinute: null, inFlight: 1, maxInFlight: 1 });
    await ensureLimits("studio");
    expect(await limitsOf("studio")).toBeUndefined();
    const nobodys = randomUUID();
    await ensureLimits(nobodys);
    expect(await limitsOf(nobodys)).toBeUndefined();
  });

  test("that a person set stay until they are learnt again", async () => {
    const id = await created();
    const set = { imagesPerMinute: 150, requestsPerMinute: 300, maxInFlight: 4 };
    await db()
      .update(limits)
      .set({ imagesTat: sql`now() + interval '1 hour'` })
      .where(eq(limits.connection, id));
    expect(await setLimits({ userId: me, key: id, ...set })).toEqual({ ok: true });
    await ensureLimits(id);
    expect(await limitsOf(id)).toMatchObject({ ...set, rateSource: "set", inFlight: 4 });
    expect((await listConnections({ userId: me }))[0]?.limits).toMatchObject({
      ...set,
      nextSlotMs: 0,
      running: 0,
    });
    expect(await learnLimits({ userId: me, key: id })).toEqual({ ok: true });
    expect(await limitsOf(id)).toMatchObject({
      imagesPerMinute: 5,
      requestsPerMinute: null,
      rateSource: "default",
    });
  });

  test("of the installation are its owner's to set, and the environment's numbers win", async () => {
    setEnv({ OPENAI_API_KEY: KEY });
    const numbers = { key: "env", imagesPerMinute: 20, requestsPerMinute: null, maxInFlight: 8 };
    expect(await setLimits({ userId: me, ...numbers })).toMatchObject({ ok: false, reason: "not_owner" });
    const owner = await installationOwner();
    expect(await setLimits({ userId: owner, ...numbers })).toEqual({ ok: true });
    expect(await limitsOf("env")).toMatchObject({ imagesPerMinute: 20, maxInFlight: 8, rateSource: "set" });
    setEnv({ OPENAI_API_KEY: KEY, OPENAI_IMAGES_PER_MINUTE: "50", OPENAI_IN_FLIGHT: "3" });
    await ensureLimits("env");
    expect(await limitsOf("env")).toMatchObject({ imagesPerMinute: 50, maxInFlight: 3, rateSource: "set" });
    await db()
      .update(limits)
      .set({ imagesPerMinute: 12, rateSource: "told" })
      .where(eq(limits.connection, "env"));
    await ensureLimits("env");
    expect(await limitsOf("env")).toMatchObject({ imagesPerMinute: 12, rateSource: "told" });
  });

  test("what one provider told is forgotten when the connection leads to another one", async () => {
    await db().delete(limits).where(eq(limits.connection, "env"));
    setEnv({ OPENAI_API_KEY: KEY });
    await ensureLimits("env");
    const told = { imagesPerMinute: 60, inFlight: 8, rateSource: "told" } as const;
    await db().update(limits).set(told).where(eq(limits.connection, "env"));
    await ensureLimits("env");
    expect(await limitsOf("env")).toMatchObject(told);
    setEnv({ OPENAI_BASE_URL: "http://10.0.0.7:9000/v1", OPENAI_DIALECT: "sd-server" });
    await ensureLimits("env");
    expect(await limitsOf("env")).toMatchObject({
      imagesPerMinute: null,
      inFlight: 1,
      rateSource: "default",
    });
    setEnv({ OPENAI_API_KEY: KEY });
    await ensureLimits("env");
    expect(await limitsOf("env")).toMatchObject({ imagesPerMinute: 5, rateSource: "default" });
  });
});

describe("the installation's connection", () => {
  test("is everybody's, and tells address and last characters to its owner alone", async () => {
    setEnv({ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: "http://10.0.0.7:9000/v1/", OPENAI_MODEL: "flux" });
    const connection = await findConnection({ key: "env", ownerId: stranger });
    expect(connection).toMatchObject({ key: "env", trusted: true, baseUrl: "http://10.0.0.7:9000/v1" });
    expect(connection?.apiKey).toBe(KEY);
    const seen = JSON.stringify(await listConnections({ userId: stranger }));
    expect(seen).not.toMatch(/10\.0\.0\.7|WXYZ|sk-/);
    expect(seen).toContain('"hasKey":true');
    setEnv({});
    expect(await findConnection({ key: "env", ownerId: me })).toBeNull();
    expect(await listConnections({ userId: me })).toEqual([]);
  });
});

describe("models to choose from", () => {
  const named = (choices: { connection: string; model: string }[]) =>
    choices.map(
      ({ connection, model }) =>
        `${connection === "studio" || connection === "env" ? connection : "own"} ${model}`,
    );
  const listed = async () => named(await listModelChoices({ userId: me }));
  const fallback = async () => named([await defaultChoice({ userId: me })]);

  test("are the built-in one alone on a fresh installation", async () => {
    expect((await listed())[0]).toBe("studio studio");
    expect((await listed()).some((one) => !one.startsWith("studio"))).toBe(false);
    expect(await fallback()).toEqual(["studio studio"]);
  });

  test("are the catalogue's with a key in the environment, the named one first", async () => {
    setEnv({ OPENAI_API_KEY: KEY });
    expect(await fallback()).toEqual(["env gpt-image-2.5-flare"]);
    expect(await listed()).not.toContain("env gpt-image-1-mini");
    setEnv({ OPENAI_API_KEY: KEY, OPENAI_MODEL: "gpt-image-1.5" });
    expect(await fallback()).toEqual(["env gpt-image-1.5"]);
    const [first] = (await listModelChoices({ userId: me })).filter(({ connection }) => connection === "env");
    expect(first).toMatchObject({
      model: "gpt-image-1.5",
      warning: expect.stringMatching(/1 December 2026/),
    });
  });

  test("of a server of one's own are what it named; untested it is not the default", async () => {
    const id = await created({ dialect: "localai", address: "http://127.0.0.1:1234/v1", label: "Basement" });
    expect((await listed()).some((one) => one.startsWith("own"))).toBe(false);
    await db()
      .update(connections)
      .set({ models: ["flux", "sd-3"] })
      .where(eq(connections.id, id));
    expect((await listed()).slice(-2)).toEqual(["own flux", "own sd-3"]);
    expect(await fallback()).toEqual(["studio studio"]);
    await db().update(connections).set({ testedAt: new Date() }).where(eq(connections.id, id));
    expect(await fallback()).toEqual(["own flux"]);
    const choice = (await listModelChoices({ userId: me })).find(({ model }) => model === "flux");
    expect(choice).toMatchObject({
      connection: id,
      connectionLabel: "Basement",
      capabilities: { paid: false, seed: true },
    });
    expect(named(await listModelChoices({ userId: stranger }))).not.toContain("own flux");
    await revokeConnection({ userId: me, id });
    expect(await listed()).not.toContain("own flux");
  });

  test("of an OpenAI key are those of the catalogue that it may use", async () => {
    const id = await created();
    const models = ["gpt-image-2", "gpt-5", "tts-1", "gpt-image-2.5-flare"];
    await db().update(connections).set({ models, testedAt: new Date() }).where(eq(connections.id, id));
    expect((await listed()).slice(-2)).toEqual(["own gpt-image-2.5-flare", "own gpt-image-2"]);
    await db()
      .update(connections)
      .set({ models: ["house-model"] })
      .where(eq(connections.id, id));
    expect((await listed()).slice(-1)).toEqual(["own house-model"]);
  });

  test("of the installation's own server are asked for once, however many look", async () => {
    let calls = 0;
    const server = createServer((_, response) => {
      calls += 1;
      response.end('{"data":[{"id":"flux-1"}]}');
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const at = server.address();
    const port = at && typeof at === "object" ? at.port : 0;
    setEnv({ OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, OPENAI_DIALECT: "sd-server" });
    const [first, all, settings] = await Promise.all([fallback(), listed(), newSettings({ userId: me })]);
    expect(first).toEqual(["env flux-1"]);
    expect(all).toContain("env flux-1");
    expect(settings).toMatchObject({ connection: "env", model: "flux-1" });
    expect(calls).toBe(1);
    await new Promise((resolve) => server.close(resolve));
    expect(await listed()).toContain("env flux-1");
    setEnv({ OPENAI_BASE_URL: `http://127.0.0.1:${port}/v2`, OPENAI_DIALECT: "sd-server" });
    expect(await fallback()).toEqual(["studio studio"]);
  });
});

describe("revoking", () => {
  test("erases the key at once and pauses what runs on it, and nothing else", async () => {
    const id = await created();
    const [on, off, paused, draft] = await Promise.all([
      running(id),
      running("studio"),
      running(id),
      newDraft({ userId: me }),
    ]);
    await pauseSession({ userId: me, sessionId: paused });
    expect((await listConnections({ userId: me }))[0]?.uses).toEqual({ sessions: 1, images: 0 });

    expect(await revokeConnection({ userId: me, id })).toEqual({ ok: true, value: { paused: 1 } });
    expect(await sessionRow(on)).toMatchObject({ state: "paused", pauseReason: "connection" });
    expect(await sessionRow(off)).toMatchObject({ state: "running" });
    expect(await sessionRow(paused)).toMatchObject({ state: "paused", pauseReason: null });
    expect(await sessionRow(draft.id)).toMatchObject({ state: "draft" });
    const [row] = await db().select().from(connections).where(eq(connections.id, id));
    expect(row).toMatchObject({ sealedKey: null, keyLast4: null, revokedAt: expect.any(Date) });
    expect(await findConnection({ key: id, ownerId: me })).toBeNull();
    expect(await listConnections({ userId: me })).toEqual([]);
    expect(await revokeConnection({ userId: me, id })).toMatchObject({ ok: false, reason: "not_found" });
    expect(await resumeSession({ userId: me, sessionId: off })).toMatchObject({ ok: false });
  });

  test("and every other change is written down without key and address", async () => {
    const id = await created({ dialect: "localai", address: "http://127.0.0.1:1/secret-path" });
    await changeConnection({ userId: me, id, apiKey: "sk-another-0123456789" });
    await testConnection({ userId: me, key: id });
    await setLimits({ userId: me, key: id, imagesPerMinute: 9, requestsPerMinute: null, maxInFlight: 2 });
    await revokeConnection({ userId: me, id });
    const rows = await db()
      .select()
      .from(audit)
      .where(eq(audit.ownerId, me))
      .orderBy(audit.createdAt, audit.id);
    const expected = ["create", "change", "test"].map((one) => `connection.${one}`);
    expect(rows.map((row) => row.action)).toEqual([...expected, "limits.set", "connection.revoke"]);
    expect(JSON.stringify(rows)).not.toMatch(/sk-|secret-path|127\.0\.0\.1/);
  });
});

/** There is one at most. */
async function installationOwner(): Promise<string> {
  const [known] = await db().select({ id: users.id }).from(users).where(eq(users.isOwner, true));
  return known?.id ?? (await newUser({ isOwner: true })).id;
}

/** A session that runs on that connection, with nothing handed out. */
async function running(connection: string): Promise<string> {
  const { id } = await newDraft({ userId: me });
  await startSession({ userId: me, sessionId: id });
  await db().execute(sql`
    update sessions set snapshot = jsonb_set(snapshot, '{settings,connection}', to_jsonb(${connection}::text)),
      state = 'running', queued_count = 0, running_count = 3 where id = ${id}`);
  return id;
}

/** All that is stored about connections and their limits, as text. */
async function everything(): Promise<{ rows: string }> {
  const rows = await db().execute(sql`
    select row_to_json(c) as c, row_to_json(l) as l from connections c left join limits l on l.connection = c.id::text
    order by c.id`);
  const trail = await db().execute(
    sql`select row_to_json(a) as a from audit a where action like 'connection.%' order by a.id`,
  );
  return { rows: JSON.stringify([rows, trail]) };
}
