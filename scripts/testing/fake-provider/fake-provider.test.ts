import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import OpenAI, { toFile } from "openai";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sharp } from "@/lib/images/decoder";
import { numberedPicture } from "./pictures/numbered-picture";
import { readTrace, sha256 } from "./pictures/trace";
import type { FakeProviderOptions } from "./settings";
import { type FakeProvider, startFakeProvider } from "./start-fake-provider";

let fake: FakeProvider;

async function start(options: FakeProviderOptions = {}): Promise<OpenAI> {
  fake = await startFakeProvider(options);
  return new OpenAI({ baseURL: fake.baseUrl, apiKey: fake.key ?? "none", maxRetries: 0 });
}

afterEach(() => fake.close());

const FLARE = "gpt-image-2.5-flare";

function generate(body: Record<string, unknown> = {}, init: RequestInit = {}): Promise<Response> {
  return fetch(`${fake.baseUrl}/images/generations`, {
    method: "POST",
    headers: { authorization: `Bearer ${fake.key}`, "content-type": "application/json" },
    body: JSON.stringify({ model: FLARE, prompt: "a cup", size: "1024x1024", ...body }),
    ...init,
  });
}

async function upload(files: Record<string, Buffer>, fields: Record<string, string> = {}): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ model: FLARE, prompt: "a cup", ...fields }))
    form.set(name, value);
  for (const [name, bytes] of Object.entries(files))
    form.set(name, new Blob([new Uint8Array(bytes)]), `${name}.png`);
  const headers = { authorization: `Bearer ${fake.key}` };
  return fetch(`${fake.baseUrl}/images/edits`, { method: "POST", headers, body: form });
}

function flat(width: number, height: number, alpha = 1): Promise<Buffer> {
  const background = { r: 90, g: 120, b: 150, alpha };
  return sharp({ create: { width, height, channels: alpha < 1 ? 4 : 3, background } })
    .png()
    .toBuffer();
}

describe("with the official SDK", () => {
  it.each(["traced" as const, "cheap" as const])(
    "a %s answer names its input, its prompt and its call, and is as large as asked",
    async (pictures) => {
      const client = await start({ pictures });
      const sources = await Promise.all([7, 8, 9].map((number) => numberedPicture(number)));
      const answers = await Promise.all(
        sources.map(async (source, at) =>
          client.images.edit({
            model: FLARE,
            prompt: `prompt ${at}`,
            image: await toFile(source, "a.jpg", { type: "image/jpeg" }),
            size: "1536x1024",
            quality: "low",
          }),
        ),
      );
      for (const [at, answer] of answers.entries()) {
        const bytes = Buffer.from(answer.data?.[0]?.b64_json ?? "", "base64");
        expect(await sharp(bytes).metadata()).toMatchObject({ format: "png", width: 1536, height: 1024 });
        expect(await readTrace(bytes)).toMatchObject({
          input: sha256(sources[at] ?? ""),
          prompt: sha256(`prompt ${at}`),
          source: at + 7,
        });
        expect(answer.usage).toMatchObject({ output_tokens: 158, input_tokens_details: { text_tokens: 22 } });
      }
      expect(fake.stats()).toMatchObject({ imageCalls: 3, byStatus: { 200: 3 }, charged: { images: 3 } });
    },
  );

  it("models are listed with the day they end", async () => {
    const client = await start();
    const models = (await client.models.list()).data;
    expect(models.find(({ id }) => id === FLARE)).toMatchObject({ shutdown_date: null });
    expect(models.find(({ id }) => id === "gpt-image-1.5")).toMatchObject({ shutdown_date: "2026-12-01" });
  });

  it("several images and a mask go in, also as JSON with data URLs", async () => {
    const client = await start();
    const url = `data:image/png;base64,${(await flat(640, 480)).toString("base64")}`;
    const mask = `data:image/png;base64,${(await flat(640, 480, 0)).toString("base64")}`;
    const images = [{ image_url: url }, { image_url: url }];
    await client.post("/images/edits", {
      body: { model: FLARE, prompt: "x", images, mask: { image_url: mask } },
    });
    await upload({ "image[]": await flat(640, 480), mask: await flat(640, 480, 0) });
    const [first, second] = fake.imageCalls();
    expect(first).toMatchObject({ bodyKind: "json", images: [{ width: 640 }, { width: 640 }], status: 200 });
    expect(first).toMatchObject({ mask: { repaintShare: 1 }, units: { images: 2 } });
    expect(second).toMatchObject({
      bodyKind: "form",
      images: [{ field: "image[]" }],
      mask: { transparentShare: 1 },
    });
  });
});

describe("checks", () => {
  it.each([
    [{ model: "gpt-image-1.5" }, 404, "model_not_found", null],
    [{ model: undefined }, 400, "missing_required_parameter", "model"],
    [{ prompt: "" }, 400, "missing_required_parameter", "prompt"],
    [{ prompt: "x".repeat(32_001) }, 400, "string_above_max_length", "prompt"],
    [{ size: "1000x1000" }, 400, "invalid_value", "size"],
    [{ size: "512x512" }, 400, "invalid_value", "size"],
    [{ size: "3840x3840" }, 400, "invalid_value", "size"],
    [{ size: "3072x1008" }, 400, "invalid_value", "size"],
    [{ quality: "best" }, 400, "invalid_value", "quality"],
    [{ quality: "max", model: "gpt-image-2" }, 400, "invalid_value", "quality"],
    [{ output_format: "gif" }, 400, "invalid_value", "output_format"],
    [{ output_format: "jpeg", background: "transparent" }, 400, "invalid_value", "background"],
    [{ n: 11 }, 400, "integer_above_max_value", "n"],
    [{ n: 0 }, 400, "integer_below_min_value", "n"],
    [{ seed: 3 }, 400, "unknown_parameter", "seed"],
    [{ complexity: "low" }, 400, "unknown_parameter", "complexity"],
  ])("%j is answered with %i %s %s", async (body, status, code, param) => {
    await start();
    const response = await generate(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code, param, message: expect.any(String) } });
    expect(fake.imageCalls()[0]).toMatchObject({ charged: false, errorCode: code });
  });

  it("a wrong key is refused and shown in part alone", async () => {
    await start({ key: "sk-right" });
    const response = await generate({}, { headers: { authorization: "Bearer sk-wrong-key-7777" } });
    expect(response.status).toBe(401);
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({ error: { code: "invalid_api_key" } });
    expect(body).not.toContain("wrong-key");
  });

  it.each([
    ["text", { image: Buffer.from("no picture at all") }, "image"],
    ["a cut picture", { image: flat(640, 480).then((bytes) => bytes.subarray(0, 500)) }, "image"],
    ["a mask of another size", { image: flat(640, 480), mask: flat(320, 240, 0) }, "mask"],
    ["a mask without alpha", { image: flat(640, 480), mask: flat(640, 480) }, "mask"],
  ])(
    "%s is answered with invalid_image_file",
    async (_what, files: Record<string, Buffer | Promise<Buffer>>, param) => {
      await start();
      const sent: Record<string, Buffer> = {};
      for (const [name, bytes] of Object.entries(files)) sent[name] = await bytes;
      const response = await upload(sent);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: "invalid_image_file", param } });
    },
  );
});

describe("limits", () => {
  // However long the calls take, no time goes by on the provider's clock.
  beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
  afterEach(() => void vi.useRealTimers());

  it("a call too many is refused in the provider's words and headers", async () => {
    await start({ limits: { images: { perMinute: 5 } }, pictures: "cheap" });
    const answers = [];
    for (let call = 0; call < 6; call++) answers.push(await generate());
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = answers[5] ?? Response.error();
    const { error } = await refused.json();
    expect(error).toMatchObject({ type: "rate_limit_error", code: "rate_limit_exceeded" });
    expect(error.message).toMatch(
      /on input-images per min: Limit 5, Used 5, Requested 1\. Please try again in 1[12](\.\d+)?s\./,
    );
    const [, seconds] = /in ([\d.]+)s/.exec(error.message) ?? [];
    expect(refused.headers.get("retry-after")).toBe(String(Math.ceil(Number(seconds))));
    expect(refused.headers.get("x-ratelimit-limit-images")).toBe("5");
    expect(refused.headers.get("x-ratelimit-remaining-images")).toBe("0");
    expect(fake.stats()).toMatchObject({ limitedShare: 1 / 6, fullestMinute: { asked: 6, admitted: 5 } });
  });

  it("each hint can be left out", async () => {
    const hints = { retryAfter: false, retryAfterMs: false, images: false, text: false };
    await start({ limits: { images: { perMinute: 1 } }, hints, pictures: "cheap" });
    await generate();
    const refused = await generate();
    expect(refused.status).toBe(429);
    expect([...refused.headers.keys()].filter((name) => /retry|ratelimit/.test(name))).toEqual([]);
    expect(await refused.text()).not.toMatch(/Limit 1|try again in/);
  });
});

describe("the log", () => {
  it("tells that a client left, and that the work was billed all the same", async () => {
    await start({ latency: { kind: "fixed", ms: 300 }, pictures: "cheap" });
    const leave = new AbortController();
    const answer = generate({}, { signal: leave.signal });
    await expect.poll(() => fake.stats().inFlight).toBe(1);
    leave.abort();
    await expect(answer).rejects.toThrow();
    await expect
      .poll(() => fake.imageCalls()[0])
      .toMatchObject({ abortedByClient: true, charged: true, status: null });
  });

  it("is written line by line, with the client's own id and without the key", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fake-provider-"));
    const logPath = join(folder, "calls.jsonl");
    const client = await start({ logPath, pictures: "cheap" });
    await client.images.generate(
      { model: FLARE, prompt: "a cup" },
      { headers: { "X-Client-Request-Id": "attempt-1" } },
    );
    await expect.poll(() => readFileSync(logPath, "utf8").trim().split("\n").length).toBe(2);
    const text = readFileSync(logPath, "utf8");
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({
      event: "in",
      clientRequestId: "attempt-1",
      prompt: "a cup",
      endedAt: null,
    });
    expect(lines[1]).toMatchObject({
      event: "out",
      status: 200,
      charged: true,
      results: [{ bytes: expect.any(Number) }],
    });
    expect(text).not.toContain(fake.key);
    await rm(folder, { recursive: true });
  });

  it("and the script can be reached from outside", async () => {
    await start({ pictures: "cheap" });
    const change = JSON.stringify({ script: [{ nth: 2, fault: "overloaded" }] });
    expect((await fetch(`${fake.url}/__control`, { method: "POST", body: change })).status).toBe(200);
    expect((await fetch(`${fake.url}/__control`, { method: "POST", body: '{"nonsense":1}' })).status).toBe(
      400,
    );
    expect([(await generate()).status, (await generate()).status, (await generate()).status]).toEqual([
      200, 503, 200,
    ]);
    expect(await (await fetch(`${fake.url}/__stats`)).json()).toMatchObject({ byStatus: { 200: 2, 503: 1 } });
    expect(await (await fetch(`${fake.url}/__log?from=3`)).json()).toMatchObject([
      { number: 3, status: 200 },
    ]);
  });
});
