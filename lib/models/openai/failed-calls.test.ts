import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Fault, FaultKind } from "@/scripts/testing/fake-provider/settings";
import { type FakeProvider, startFakeProvider } from "@/scripts/testing/fake-provider/start-fake-provider";
import { callsOnlyEnv, connectionTo, failureOf, requestOf } from "@/scripts/testing/provider-calls";
import { ModelError } from "../types";
import { listServerModels } from "./list-server-models";
import { openaiModel } from "./openai-model";

const FLARE = "gpt-image-2.5-flare";
const KEY = "sk-canary-0123456789abcdefghij";
const going = () => ({ signal: new AbortController().signal, send: async () => {} });

let fake: FakeProvider;

beforeAll(() => {
  const path = join(mkdtempSync(join(tmpdir(), "catalogue-")), "models.json");
  writeFileSync(path, JSON.stringify({ models: { [FLARE]: { timeoutMs: 1_000 } } }));
  callsOnlyEnv({ OPENAI_CATALOGUE: path });
});
afterEach(() => fake.close());
afterAll(async () => {
  delete process.env.OPENAI_CATALOGUE;
});

async function failing(fault: Fault | FaultKind) {
  fake = await startFakeProvider({ key: KEY, pictures: "cheap", script: [{ fault }] });
  const { code, words, extra } = await failureOf(
    openaiModel(connectionTo(fake), FLARE).make(await requestOf(), going()),
  );
  expect(JSON.stringify({ words, extra })).not.toContain("sk-canary");
  return { code, words, ...extra };
}

describe("one call, one definite refusal", () => {
  test.each([
    ["rate_limited", "rate_limited"],
    ["slow_down", "rate_limited"],
    ["quota", "quota_exhausted"],
    ["server_error", "overloaded"],
    ["overloaded", "overloaded"],
    ["site_overloaded", "overloaded"],
    ["blocked", "blocked"],
    ["bad_request", "bad_request"],
    ["invalid_key", "auth"],
    ["forbidden", "auth"],
    ["model_not_found", "auth"],
    ["string_error", "bad_request"],
    ["detail_error", "bad_request"],
  ] as const)("%s is %s and not charged", async (kind, code) => {
    expect(await failing(kind)).toMatchObject({ code, charge: "none" });
    expect(fake.imageCalls()).toHaveLength(1);
    expect(fake.imageCalls()[0]?.retryCount).toBe(0);
  });

  test("text that the client library loses is kept, with the request's id", async () => {
    const failure = await failing({ kind: "detail_error", message: "size must be a multiple of 16" });
    expect(failure.details).toContain("size must be a multiple of 16");
    expect(failure.requestId).toBe(fake.imageCalls()[0]?.requestId);
  });

  test("a wait is obeyed as it was told", async () => {
    expect(await failing({ kind: "rate_limited", retryAfter: 7 })).toMatchObject({ retryAfterMs: 7_000 });
  });
});

describe("one call, no whole answer: it may have been charged", () => {
  test.each([
    ["gateway_timeout", "timeout"],
    ["bad_gateway_html", "timeout"],
    ["empty_error", "timeout"],
    ["html_ok", "unknown"],
    ["empty_body", "unknown"],
    ["cut_json", "unknown"],
    ["no_data", "unknown"],
    ["bad_base64", "unknown"],
    ["short_base64", "unknown"],
    ["reset_mid_body", "timeout"],
    ["reset_before_headers", "timeout"],
    ["close_before_headers", "timeout"],
    ["hang", "timeout"],
    ["headers_then_silence", "timeout"],
  ] as const)("%s is %s", async (kind, code) => {
    expect(await failing(kind)).toMatchObject({ code, charge: "maybe" });
    expect(fake.imageCalls()).toHaveLength(1);
  });

  test("an answer that drips is cut at the deadline", async () => {
    const failure = await failing({ kind: "slow_body", everyMs: 100 });
    expect(failure).toMatchObject({ code: "timeout", charge: "maybe" });
    expect(failure.words).toMatch(/^No whole answer within 1 s\./);
  });

  test("an answer without end is cut at 200 MB and takes no memory", async () => {
    const before = process.memoryUsage.rss();
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 20);
    const big = join(mkdtempSync(join(tmpdir(), "catalogue-")), "models.json");
    writeFileSync(big, JSON.stringify({ models: {} }));
    const short = process.env.OPENAI_CATALOGUE ?? "";
    callsOnlyEnv({ OPENAI_CATALOGUE: big });
    const failure = await failing({ kind: "huge_body", bytes: 400_000_000 });
    callsOnlyEnv({ OPENAI_CATALOGUE: short });
    clearInterval(watch);
    expect(failure).toMatchObject({ code: "unknown", charge: "maybe" });
    expect(failure.details).toContain("larger than 200 MB");
    // The fake that sends it lives in this process too.
    expect(most - before).toBeLessThan(150_000_000);
    await expect.poll(() => fake.imageCalls()[0]?.abortedByClient).toBe(true);
  });
});

describe("stopped", () => {
  test("a call under way is broken off at once", async () => {
    fake = await startFakeProvider({ script: [{ fault: "hang" }] });
    const stop = new AbortController();
    const call = openaiModel(connectionTo(fake), FLARE).make(await requestOf(), {
      signal: stop.signal,
      send: async () => {},
    });
    await expect.poll(() => fake.imageCalls().length).toBe(1);
    stop.abort();
    expect(await failureOf(call)).toMatchObject({ code: "timeout", extra: { charge: "maybe" } });
    await expect.poll(() => fake.imageCalls()[0]?.abortedByClient).toBe(true);
  });

  test("nothing is sent when it comes before", async () => {
    fake = await startFakeProvider();
    const stop = new AbortController();
    stop.abort(new Error("lease lost"));
    const call = openaiModel(connectionTo(fake), FLARE).make(await requestOf(), {
      signal: stop.signal,
      send: () => Promise.reject(new Error("sent all the same")),
    });
    await expect(call).rejects.toThrow("lease lost");
    expect(fake.calls()).toHaveLength(0);
  });
});

describe("addresses", () => {
  test("nobody there: nothing was sent or charged", async () => {
    fake = await startFakeProvider();
    await fake.close();
    const { baseUrl } = fake;
    fake = await startFakeProvider();
    for (const address of [baseUrl, "http://127.0.0.1:6000/v1", "http://nobody.invalid/v1"]) {
      const nobody = connectionTo(fake, { baseUrl: address });
      const failure = await failureOf(openaiModel(nobody, FLARE).make(await requestOf(), going()));
      expect(failure).toMatchObject({ code: "overloaded", extra: { charge: "none" } });
    }
  });

  test("an address a person entered never leads into the private network, as written or by name", async () => {
    fake = await startFakeProvider();
    for (const baseUrl of [fake.baseUrl, fake.baseUrl.replace("127.0.0.1", "localhost")]) {
      const theirs = connectionTo(fake, { baseUrl, trusted: false });
      const failure = await failureOf(openaiModel(theirs, FLARE).make(await requestOf(), going()));
      expect(failure).toMatchObject({ code: "auth", extra: { charge: "none" } });
      expect(failure.words).toContain("private network");
      expect(await listServerModels(theirs)).toBeInstanceOf(ModelError);
    }
    expect(fake.calls()).toHaveLength(0);
  });

  test("a redirect is not followed and takes no key along", async () => {
    fake = await startFakeProvider({ key: KEY });
    const door = createServer((_, response) => {
      response.writeHead(307, { location: `${fake.baseUrl}/images/generations` }).end();
    });
    await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
    const bound = door.address();
    const port = bound && typeof bound === "object" ? bound.port : 0;
    const there = connectionTo(fake, { baseUrl: `http://127.0.0.1:${port}/v1` });
    const failure = await failureOf(openaiModel(there, FLARE).make(await requestOf(), going()));
    door.close();
    expect(failure).toMatchObject({ code: "auth", extra: { charge: "none" } });
    expect(fake.calls()).toHaveLength(0);
  });

  test("what the operator's environment adds goes to the operator's own address alone", async () => {
    const heard: Record<string, unknown>[] = [];
    const server = createServer((request, response) => {
      heard.push(request.headers);
      response.writeHead(401).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const bound = server.address();
    const port = bound && typeof bound === "object" ? bound.port : 0;
    fake = await startFakeProvider();
    Object.assign(process.env, {
      OPENAI_ORG_ID: "org-ours",
      OPENAI_CUSTOM_HEADERS: "X-Gateway-Token: ours",
      OPENAI_ADMIN_KEY: "sk-admin-ours",
      PRIVATE_CONNECTIONS: "allow",
    });
    callsOnlyEnv();
    for (const trusted of [true, false]) {
      const there = connectionTo(fake, { baseUrl: `http://127.0.0.1:${port}/v1`, trusted, apiKey: KEY });
      await failureOf(openaiModel(there, FLARE).make(await requestOf(), going()));
    }
    for (const name of [
      "OPENAI_ORG_ID",
      "OPENAI_CUSTOM_HEADERS",
      "OPENAI_ADMIN_KEY",
      "PRIVATE_CONNECTIONS",
    ]) {
      delete process.env[name];
    }
    callsOnlyEnv();
    server.close();
    const [ours, theirs] = heard;
    expect(ours).toMatchObject({ "openai-organization": "org-ours", "x-gateway-token": "ours" });
    expect(theirs?.authorization).toBe(`Bearer ${KEY}`);
    expect(JSON.stringify(theirs)).not.toContain("ours");
  });
});

describe("the list of models", () => {
  test("names what makes images, with the days that end some", async () => {
    fake = await startFakeProvider();
    const list = await listServerModels(connectionTo(fake));
    expect(list).toMatchObject({ endings: { "gpt-image-1.5": "2026-12-01" } });
    expect(list instanceof ModelError ? [] : list.models).toContain(FLARE);
    expect(fake.imageCalls()).toHaveLength(0);
  });

  test("a wrong key is told as one, and not shown", async () => {
    fake = await startFakeProvider();
    const list = await listServerModels(connectionTo(fake, { apiKey: KEY }));
    expect(list).toMatchObject({ code: "auth", extra: { charge: "none" } });
    expect(JSON.stringify(list)).not.toContain("sk-canar");
  });

  test("a server without such a list says how its address should look", async () => {
    fake = await startFakeProvider();
    const server = createServer((_, response) => response.end("<html>hello</html>"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const bound = server.address();
    const port = bound && typeof bound === "object" ? bound.port : 0;
    const list = await listServerModels(connectionTo(fake, { baseUrl: `http://127.0.0.1:${port}` }));
    server.close();
    expect(list).toMatchObject({ code: "bad_request", words: expect.stringContaining("/v1") });
  });
});
