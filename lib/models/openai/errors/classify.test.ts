import { describe, expect, test } from "vitest";
import { AddressRefused } from "@/lib/net/address-refused";
import { classify } from "./classify";
import { durationMs, retryAfterMs } from "./retry-after";
import type { CallFacts, Failure } from "./types";

const KEY = "sk-canary-0123456789abcdefghijklmnop";
const NOW = Date.parse("2026-11-21T12:00:00Z");
const FACTS: CallFacts = {
  provider: "OpenAI",
  model: "gpt-image-2.5-flare",
  paid: true,
  shutdown: null,
  timeoutMs: 280_000,
  secrets: [KEY],
  now: NOW,
};

function refusal(status: number, body: unknown, headers: Record<string, string> = {}): Failure {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { kind: "refusal", status, headers: new Headers(headers), body: text };
}

function error(fields: Record<string, unknown>) {
  return { error: { message: "Something.", type: null, param: null, code: null, ...fields } };
}

const told = (failure: Failure, facts: Partial<CallFacts> = {}) => {
  const { code, words, extra } = classify(failure, { ...FACTS, ...facts });
  return { code, words, ...extra };
};

const LIMIT_TEXT =
  "Rate limit reached for gpt-image-2 (for limit gpt-image) in organization org-x on input-images per min: Limit 5, Used 5, Requested 1. Please try again in 12s.";

describe("what an answer means", () => {
  const quota = [
    "credit_balance_exhausted",
    "organization_spend_limit_exceeded",
    "project_spend_limit_exceeded",
    "organization_usage_limit_exceeded",
    "insufficient_quota",
    "billing_hard_limit_reached",
  ].map(
    (code) => [code, 429, error({ type: "insufficient_quota", code }), "quota_exhausted", "none"] as const,
  );

  test.each([
    // As documented.
    [
      "moderation",
      400,
      error({ type: "image_generation_user_error", code: "moderation_blocked" }),
      "blocked",
      "none",
    ],
    ["the old policy code", 400, error({ code: "content_policy_violation" }), "blocked", "none"],
    ["a wrong size", 400, error({ code: "invalid_value", param: "size" }), "bad_request", "none"],
    ["a wrong picture", 400, error({ code: "invalid_image_file" }), "bad_request", "none"],
    ["input_fidelity", 400, error({ code: "invalid_input_fidelity_model" }), "bad_request", "none"],
    ["an unknown field", 400, error({ code: "unknown_parameter", param: "seed" }), "bad_request", "none"],
    ["a wrong key", 401, error({ code: "invalid_api_key" }), "auth", "none"],
    ["no key", 401, error({}), "auth", "none"],
    [
      "an unverified organisation",
      403,
      error({ message: "Your organization must be verified." }),
      "auth",
      "none",
    ],
    ["a region", 403, error({ code: "unsupported_country_region_territory" }), "auth", "none"],
    ["no such model", 404, error({ code: "model_not_found" }), "auth", "none"],
    [
      "a rate limit",
      429,
      error({ type: "rate_limit_error", code: "rate_limit_exceeded" }),
      "rate_limited",
      "none",
    ],
    ["a rising load", 429, error({ type: "rate_limit_error", code: "slow_down" }), "rate_limited", "none"],
    ...quota,
    [
      "a quota in an old status",
      400,
      error({ code: "billing_hard_limit_reached" }),
      "quota_exhausted",
      "none",
    ],
    ["payment required", 402, error({}), "quota_exhausted", "none"],
    ["a fault", 500, error({ type: "server_error" }), "overloaded", "none"],
    ["too much load", 503, error({ code: "server_is_overloaded" }), "overloaded", "none"],
    ["a crowded site", 529, error({ type: "overloaded_error" }), "overloaded", "none"],
    // Of servers of one's own.
    ["a text", 400, { error: "prompt required" }, "bad_request", "none"],
    [
      "a name and its sentence",
      500,
      { error: "server_error", message: "out of memory" },
      "overloaded",
      "none",
    ],
    ["a detail", 422, { detail: "Field 'image' or 'url' is required" }, "bad_request", "none"],
    [
      "details of a validator",
      422,
      { detail: [{ loc: ["body", "size"], msg: "wrong" }] },
      "bad_request",
      "none",
    ],
    ["a model that loads", 503, { detail: "loading" }, "overloaded", "none"],
    [
      "a code that is a number",
      500,
      { error: { code: 500, message: "rpc", type: "" } },
      "overloaded",
      "none",
    ],
    ["a quota in words alone", 429, { detail: "You exceeded your current quota" }, "quota_exhausted", "none"],
    ["a wrong route", 404, "404 page not found", "auth", "none"],
    ["a wrong method", 405, "", "auth", "none"],
    ["too large", 413, "<html><title>413 Request Entity Too Large</title></html>", "bad_request", "none"],
    ["not made", 501, { detail: "not implemented" }, "bad_request", "none"],
    ["a conflict", 409, error({}), "overloaded", "none"],
    ["a redirect", 302, "", "auth", "none"],
    // In between: nobody knows whether the work was done.
    ["a bad gateway", 502, "<html><h1>502 Bad Gateway</h1></html>", "timeout", "maybe"],
    ["a gateway's own JSON", 502, error({ type: "server_error" }), "timeout", "maybe"],
    ["a gateway that waited", 504, error({ code: "timeout" }), "timeout", "maybe"],
    ["a proxy that waited", 524, "<html>A timeout occurred</html>", "timeout", "maybe"],
    ["a proxy that reached nobody", 521, "<html></html>", "overloaded", "none"],
    ["a fault without a word", 500, "", "timeout", "maybe"],
    ["a fault as a page", 500, "<html><body>Internal Server Error</body></html>", "timeout", "maybe"],
    ["a page that nothing is served", 503, "<html>Service Unavailable</html>", "overloaded", "none"],
    ["a call broken off at a gateway", 499, "", "timeout", "maybe"],
  ] as const)("%s (%i) %#", (_, status, body, code, charge) => {
    expect(told(refusal(status, body))).toMatchObject({ code, charge });
    expect(told(refusal(status, body), { paid: false })).toMatchObject({ code, charge: "none" });
  });
});

describe("calls without a whole answer", () => {
  const caused = (code: string) =>
    new TypeError("fetch failed", { cause: Object.assign(new Error("why"), { code }) });

  test.each([
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "UND_ERR_CONNECT_TIMEOUT",
    "SELF_SIGNED_CERT_IN_CHAIN",
  ])("%s: nothing was sent", (code) => {
    const failure = { kind: "lost", error: caused(code), because: "connection" } as const;
    expect(told(failure)).toMatchObject({ code: "overloaded", charge: "none" });
  });

  test.each([
    "ECONNRESET",
    "EPIPE",
    "UND_ERR_SOCKET",
    "UND_ERR_HEADERS_TIMEOUT",
    "UND_ERR_BODY_TIMEOUT",
    "ETIMEDOUT",
  ])("%s: it may have been charged, once paid for", (code) => {
    const failure = { kind: "lost", error: caused(code), because: "connection" } as const;
    expect(told(failure)).toMatchObject({ code: "timeout", charge: "maybe" });
    expect(told(failure, { paid: false })).toMatchObject({ code: "timeout", charge: "none" });
  });

  test("a deadline says how long it waited, a stop that it was stopped", () => {
    const late = told({ kind: "lost", error: new Error("aborted"), because: "deadline" });
    expect(late).toMatchObject({ code: "timeout", charge: "maybe" });
    expect(late.words).toBe(
      "No whole answer within 5 min. The provider may have made and charged the image all the same.",
    );
    const stopped = told({ kind: "lost", error: new Error("aborted"), because: "stopped" });
    expect(stopped.words).toMatch(/^The call was stopped/);
    expect(stopped.charge).toBe("maybe");
  });

  test("an address that may not be called says so", () => {
    const refused = new TypeError("fetch failed", { cause: new AddressRefused("private") });
    const { code, words, charge } = told({ kind: "lost", error: refused, because: "connection" });
    expect({ code, charge }).toEqual({ code: "auth", charge: "none" });
    expect(words).toContain("private network");
  });

  test("a success without a picture may have been charged; a refusal inside one is a refusal", () => {
    const unusable = (body: string): Failure => ({
      kind: "unusable",
      headers: new Headers(),
      why: "No image.",
      body,
    });
    expect(told(unusable('{"data":[]}'))).toMatchObject({ code: "unknown", charge: "maybe" });
    expect(told(unusable("<html>Sign in</html>")).details).toBe("No image. Sign in");
    expect(told(unusable(JSON.stringify(error({ code: "moderation_blocked" }))))).toMatchObject({
      code: "blocked",
      charge: "none",
    });
  });
});

describe("words", () => {
  test("a block names its stage and categories plainly", () => {
    const blocked = (moderation_details: unknown) =>
      told(refusal(400, error({ code: "moderation_blocked", moderation_details }))).words;
    expect(
      blocked({ moderation_stage: "input", categories: ["sexual", "violence/graphic", "brand_new/thing"] }),
    ).toBe(
      "The provider's safety check refused the prompt or picture. It names: sexual content, graphic violence, brand new thing. Change the prompt, or skip this image.",
    );
    expect(blocked({ moderation_stage: "output", categories: [] })).toBe(
      "The provider's safety check refused the result. It gave no more detail. Change the prompt, or skip this image.",
    );
    expect(blocked({ moderation_stage: "unknown", categories: [] })).toContain("refused this image.");
  });

  test("a model that ended says when", () => {
    const gone = refusal(404, error({ code: "model_not_found" }));
    expect(told(gone, { model: "gpt-image-1.5", shutdown: "ended on 1 December 2026" }).words).toBe(
      "The provider has no model “gpt-image-1.5” (it ended on 1 December 2026). Results are kept and the rest waits. Choose another model.",
    );
  });

  test("a rate limit says when it goes on", () => {
    expect(told(refusal(429, error({ message: LIMIT_TEXT }))).words).toBe(
      "The provider asks us to slow down. This image keeps its place and goes on in about 12 s.",
    );
  });

  test("no sentence begs, apologises or shows a code", () => {
    for (const status of [302, 400, 401, 402, 403, 404, 408, 413, 422, 429, 499, 500, 502, 503]) {
      const { words } = told(refusal(status, error({ code: "some_code" })));
      expect(words).not.toMatch(/please|sorry|oops|invalid|forbidden|some_code|\d{3}/i);
      expect(words).toMatch(/\.$/);
    }
  });
});

describe("waits", () => {
  test.each([
    [{ "retry-after-ms": "1500", "retry-after": "9" }, "", 1_500],
    [{ "retry-after": "7" }, "", 7_000],
    [{ "retry-after": "0" }, "", 0],
    [{ "retry-after": "600000" }, "", 600_000],
    [{ "retry-after": "Sat, 21 Nov 2026 12:00:30 GMT" }, "", 30_000],
    // Their clock is an hour ahead: the wait is the same.
    [{ "retry-after": "Sat, 21 Nov 2026 13:00:30 GMT", date: "Sat, 21 Nov 2026 13:00:00 GMT" }, "", 30_000],
    [{ "retry-after": "Sat, 21 Nov 2026 11:00:00 GMT" }, "", 0],
    [{ "retry-after": "in a while, crocodile" }, "", undefined],
    [{}, LIMIT_TEXT, 12_000],
    [{}, "Please try again in 1m2s.", 62_000],
    [{}, "Please try again in 250ms.", 250],
    [{}, "Please retry after 20 seconds.", 20_000],
    [{}, "Try again later.", undefined],
    [{ "x-ratelimit-remaining-images": "0", "x-ratelimit-reset-images": "6m0s" }, "", 360_000],
    [{ "x-ratelimit-remaining-images": "3", "x-ratelimit-reset-images": "6m0s" }, "", undefined],
    [{ "x-ratelimit-reset": String(NOW / 1000 + 40) }, "", 40_000],
  ])("%j %s: %s ms", (headers, text, ms) => {
    expect(retryAfterMs(new Headers(headers), text, NOW)).toBe(ms);
  });

  test.each([
    ["1s", 1_000],
    ["6m0s", 360_000],
    ["1h2m3s", 3_723_000],
    ["12.5s", 12_500],
    ["8ms", 8],
    ["20", 20_000],
    ["soon", undefined],
    ["", undefined],
  ])("%s is %s ms", (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });
});

describe("limits that were seen", () => {
  const seen = (headers: Record<string, string>, message = "") =>
    told(refusal(429, error({ message }), headers)).observed;

  test("in headers, the tighter one decides what is left", () => {
    const headers = {
      "x-ratelimit-limit-images": "20",
      "x-ratelimit-remaining-images": "4",
      "x-ratelimit-reset-images": "12s",
      "x-ratelimit-limit-requests": "500",
      "x-ratelimit-remaining-requests": "499",
      "x-ratelimit-reset-requests": "120ms",
    };
    expect(seen(headers)).toEqual({
      imagesPerMinute: 20,
      requestsPerMinute: 500,
      remaining: 4,
      resetMs: 12_000,
    });
  });

  test("in the text of a refusal", () => {
    expect(seen({}, LIMIT_TEXT)).toEqual({ imagesPerMinute: 5 });
    expect(seen({}, "on requests per min (RPM): Limit 1,200, Used 1,200.")).toEqual({
      requestsPerMinute: 1_200,
    });
    expect(seen({}, "on tokens per min (TPM): Limit 250000, Used 250000.")).toBeUndefined();
  });

  test("not at all", () => expect(seen({})).toBeUndefined());
});

describe("a key", () => {
  test.each([
    ["in a sentence", error({ message: `Incorrect API key provided: ${KEY}.` })],
    ["shortened", error({ message: "Incorrect API key provided: sk-canar****mnop." })],
    ["as a header", { detail: `got Authorization: Bearer ${KEY}` }],
    ["of another, as a header", { detail: "got Authorization: Bearer c2VjcmV0LXRva2Vu.abc" }],
    ["in a list", { detail: [{ loc: ["header", KEY], msg: "wrong" }] }],
    ["in base64", { error: Buffer.from(KEY).toString("base64") }],
    ["in a page", `<html><body>${KEY}</body></html>`],
    ["as a code", error({ code: KEY, type: KEY, param: KEY })],
  ])("%s never gets out", (_, body) => {
    const failure = refusal(400, body, { "x-request-id": `req-${KEY}` });
    const all = JSON.stringify(told(failure));
    for (const trace of [KEY, "sk-canar", Buffer.from(KEY).toString("base64").slice(0, -2), "c2VjcmV0"]) {
      expect(all).not.toContain(trace);
    }
    expect(all).toContain("[key]");
  });

  test("control characters and long texts do not get out either", () => {
    const { details = "" } = told(refusal(400, { error: `a\u001b[31mb${"x".repeat(9_000)}` }));
    expect(details).toMatch(/^400 {1,2}a \[31mb/);
    expect(details.length).toBeLessThanOrEqual(2_000);
  });
});

test("the provider's own text and request id are kept for Details", () => {
  const failure = refusal(422, { detail: "size must be a multiple of 16" }, { "x-request-id": "req_123" });
  expect(told(failure)).toMatchObject({ requestId: "req_123" });
  expect(told(failure).details).toContain("size must be a multiple of 16");
});
