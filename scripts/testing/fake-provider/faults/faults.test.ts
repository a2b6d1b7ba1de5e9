import { afterEach, describe, expect, it } from "vitest";
import { sharp } from "@/lib/images/decoder";
import { FAULTS, type Fault, type FaultKind } from "../settings";
import { type FakeProvider, startFakeProvider } from "../start-fake-provider";

let fake: FakeProvider;
afterEach(() => fake.close());

type Seen =
  | { status: number; type: string | null; retryAfter: string | null; text: string }
  | { broken: "before" | "within" };

type Patience = { forHeadersMs?: number; forBodyMs?: number };

/** What a client sees of a fault, when it waits so long for the headers, and then so long for the rest. */
async function see(
  fault: Fault,
  { forHeadersMs = 20_000, forBodyMs = 20_000 }: Patience = {},
): Promise<Seen> {
  fake = await startFakeProvider({ pictures: "cheap", script: [{ fault }] });
  const patience = new AbortController();
  const leaveAfter = (ms: number) => setTimeout(() => patience.abort(), ms).unref();
  let response: Response;
  try {
    leaveAfter(forHeadersMs);
    response = await fetch(`${fake.baseUrl}/images/generations`, {
      method: "POST",
      signal: patience.signal,
      headers: { authorization: `Bearer ${fake.key}`, "content-type": "application/json" },
      body: JSON.stringify({ model: "gpt-image-2.5-flare", prompt: "a cup", size: "1024x1024" }),
    });
  } catch {
    return { broken: "before" };
  }
  try {
    leaveAfter(forBodyMs);
    const text = await response.text();
    const { status, headers } = response;
    return { status, type: headers.get("content-type"), retryAfter: headers.get("retry-after"), text };
  } catch {
    return { broken: "within" };
  }
}

const REFUSED: [FaultKind, Partial<Fault>, number, unknown][] = [
  ["rate_limited", {}, 429, { type: "rate_limit_error", code: "rate_limit_exceeded" }],
  ["slow_down", {}, 429, { type: "rate_limit_error", code: "slow_down" }],
  ["quota", {}, 429, { type: "insufficient_quota", code: "credit_balance_exhausted" }],
  ["quota", { code: "insufficient_quota" }, 429, { type: "insufficient_quota", code: "insufficient_quota" }],
  ["server_error", {}, 500, { type: "server_error" }],
  ["overloaded", {}, 503, { type: "service_unavailable_error", code: "server_is_overloaded" }],
  ["gateway_timeout", {}, 504, {}],
  ["site_overloaded", {}, 529, {}],
  [
    "blocked",
    { stage: "output", categories: ["violence"] },
    400,
    {
      type: "image_generation_user_error",
      code: "moderation_blocked",
      moderation_details: { moderation_stage: "output", categories: ["violence"] },
    },
  ],
  ["bad_request", { code: "invalid_image_file" }, 400, { code: "invalid_image_file", param: "image" }],
  ["invalid_key", {}, 401, { code: "invalid_api_key" }],
  ["forbidden", {}, 403, { type: "invalid_request_error" }],
  ["model_not_found", {}, 404, { code: "model_not_found" }],
];

const ODD: [FaultKind, number, RegExp][] = [
  ["bad_gateway_html", 502, /^<html>/],
  ["string_error", 400, /^\{"error":"[^"]+"\}$/],
  ["detail_error", 422, /^\{"detail":"[^"]+"\}$/],
  ["empty_error", 500, /^$/],
  ["html_ok", 200, /^<!DOCTYPE html>/],
  ["empty_body", 200, /^$/],
  ["no_data", 200, /"data":\[\]/],
  ["bad_base64", 200, /"b64_json":"!!!/],
  ["short_base64", 200, /"b64_json":"iVBORw0KGgo"/],
  ["cut_json", 200, /^\{"created".*[^}]$/],
  ["other_quality", 200, /"quality":"low".*"output_tokens":196/],
  ["other_snapshot", 200, /"model":"gpt-image-2-2026-04-21"/],
];

const BROKEN: [FaultKind, "before" | "within", charged: boolean][] = [
  ["hang", "before", false],
  ["close_before_headers", "before", false],
  ["reset_before_headers", "before", false],
  ["headers_then_silence", "within", true],
  ["slow_body", "within", true],
  ["reset_mid_body", "within", true],
];

const PICTURES: FaultKind[] = ["truncated_picture", "one_pixel", "wrong_size", "wrong_format"];

describe("a fault", () => {
  it.each(REFUSED)("%s %j answers %i with its error", async (kind, more, status, error) => {
    const seen = await see({ kind, ...more });
    expect(seen).toMatchObject({ status, retryAfter: null });
    expect(JSON.parse("text" in seen ? seen.text : "{}")).toMatchObject({ error });
    expect(fake.imageCalls()[0]).toMatchObject({ fault: kind, status, charged: false });
  });

  it.each(ODD)("%s answers %i", async (kind, status, text) => {
    expect(await see({ kind })).toMatchObject({ status, text: expect.stringMatching(text) });
    expect(fake.imageCalls()[0]).toMatchObject({ fault: kind, charged: status === 200 });
  });

  it.each(BROKEN)("%s breaks off %s the answer", async (kind, broken, charged) => {
    const patience = kind === "hang" ? { forHeadersMs: 300 } : { forBodyMs: 300 };
    expect(await see({ kind }, patience)).toEqual({ broken });
    await expect
      .poll(() => fake.imageCalls()[0])
      .toMatchObject({ fault: kind, charged, endedAt: expect.any(Number) });
  });

  it.each(PICTURES)("%s answers a picture that is not the one asked for", async (kind) => {
    const seen = await see({ kind });
    const { data, size } = JSON.parse("text" in seen ? seen.text : "{}");
    const bytes = Buffer.from(data[0].b64_json, "base64");
    const decoded = await sharp(bytes)
      .raw()
      .toBuffer({ resolveWithObject: true })
      .catch(() => null);
    const header = await sharp(bytes).metadata();
    const isAsAsked = decoded && header.format === "png" && header.width === 1024 && header.height === 1024;
    expect(isAsAsked).toBeFalsy();
    expect(size).toBe("1024x1024");
  });

  it("huge_body sends as many bytes as told, and stops when the client leaves", async () => {
    const seen = await see({ kind: "huge_body", bytes: 20_000_000 });
    expect("text" in seen && seen.text.length).toBeGreaterThan(20_000_000);
    await fake.close();
    expect(await see({ kind: "huge_body", bytes: 100_000_000_000 }, { forBodyMs: 300 })).toEqual({
      broken: "within",
    });
    await expect.poll(() => fake.imageCalls()[0]?.endedAt).not.toBeNull();
  });

  it.each([
    [7, /^7$/],
    [{ dateInSeconds: 30 }, /^\w{3}, \d\d \w{3} \d{4} [\d:]+ GMT$/],
    ["garbage" as const, /\w/],
  ])("rate_limited says %j in retry-after", async (retryAfter, words) => {
    expect(await see({ kind: "rate_limited", retryAfter })).toMatchObject({
      retryAfter: expect.stringMatching(words),
    });
  });

  it("hits the same calls for the same seed, as often as its share says", async () => {
    const run = async (seed: number) => {
      fake = await startFakeProvider({
        seed,
        pictures: "cheap",
        faults: [{ share: 0.3, fault: "server_error" }],
      });
      const hit: number[] = [];
      for (let call = 1; call <= 60; call++) {
        const body = JSON.stringify({ model: "gpt-image-2", prompt: "x", size: "1024x1024" });
        const headers = { authorization: `Bearer ${fake.key}` };
        const response = await fetch(`${fake.baseUrl}/images/generations`, { method: "POST", headers, body });
        await response.arrayBuffer();
        if (response.status === 500) hit.push(call);
      }
      await fake.close();
      return hit;
    };
    const first = await run(4);
    expect(await run(4)).toEqual(first);
    expect(first.length).toBeGreaterThan(8);
    expect(first.length).toBeLessThan(32);
    expect(await run(5)).not.toEqual(first);
    fake = await startFakeProvider();
  });

  it("of every kind is proved here", () => {
    const tested = [...REFUSED, ...ODD, ...BROKEN].map(([kind]) => kind);
    expect(new Set([...tested, ...PICTURES, "huge_body"])).toEqual(new Set(FAULTS));
  });
});
