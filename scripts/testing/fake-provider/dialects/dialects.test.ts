import { afterEach, describe, expect, it } from "vitest";
import { sharp } from "@/lib/images/decoder";
import { readTrace, sha256 } from "../pictures/trace";
import type { FakeProviderOptions } from "../settings";
import { type FakeProvider, startFakeProvider } from "../start-fake-provider";

let fake: FakeProvider;
afterEach(() => fake.close());

async function start(dialect: FakeProviderOptions["dialect"], options: FakeProviderOptions = {}) {
  fake = await startFakeProvider({ ...options, dialect });
}

async function post(path: string, body: Record<string, unknown> | FormData, key?: string) {
  const isForm = body instanceof FormData;
  const response = await fetch(`${fake.baseUrl}/images/${path}`, {
    method: "POST",
    headers: {
      ...(isForm ? {} : { "content-type": "application/json" }),
      ...(key && { authorization: `Bearer ${key}` }),
    },
    body: isForm ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

async function form(files: Record<string, Buffer | Promise<Buffer>>, fields: Record<string, string>) {
  const sent = new FormData();
  for (const [name, value] of Object.entries(fields)) sent.append(name, value);
  for (const [name, bytes] of Object.entries(files))
    sent.append(name, new Blob([new Uint8Array(await bytes)]), "a.png");
  return sent;
}

function flat(width: number, height: number, background: string): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}

/** As the official API takes masks: white everywhere, the right half transparent. */
async function alphaMask(): Promise<Buffer> {
  const opaque = await sharp(await greyMask())
    .negate()
    .extractChannel(0)
    .toBuffer();
  return sharp(await flat(640, 480, "#fff"))
    .joinChannel(opaque)
    .png()
    .toBuffer();
}

/** White is repainted: the right half. */
async function greyMask(): Promise<Buffer> {
  return sharp(await flat(640, 480, "#000"))
    .composite([{ input: await flat(320, 480, "#fff"), left: 320, top: 0 }])
    .png()
    .toBuffer();
}

const source = () => flat(640, 480, "#446688");
const last = () => fake.imageCalls().at(-1);

describe("sd-server", () => {
  it("reads the mask as grey, takes parameters out of the prompt and answers without usage", async () => {
    await start("sd-server");
    const prompt = 'a cup <sd_cpp_extra_args>{"seed":42,"negative_prompt":"blur"}</sd_cpp_extra_args>';
    const { status, body } = await post(
      "edits",
      await form({ "image[]": source(), mask: greyMask() }, { prompt }),
    );
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(["created", "output_format", "data"]);
    const picture = Buffer.from(body.data[0].b64_json, "base64");
    expect(await sharp(picture).metadata()).toMatchObject({ width: 640, height: 480 });
    expect(await readTrace(picture)).toMatchObject({
      input: sha256(await source()),
      prompt: sha256("a cup"),
    });
    expect(last()).toMatchObject({ prompt: "a cup", understood: { seed: 42, negative_prompt: "blur" } });
    expect(last()?.mask?.repaintShare).toBeCloseTo(0.5);
  });

  it("repaints everything by a mask whose holes it cannot see", async () => {
    await start("sd-server");
    await post("edits", await form({ "image[]": source(), mask: alphaMask() }, { prompt: "a cup" }));
    expect(last()).toMatchObject({ mask: { repaintShare: 1, transparentShare: 0.5 } });
  });

  it("asks for no key, knows no webp of edits and says so in plain text", async () => {
    await start("sd-server", { key: "ignored" });
    expect(fake.key).toBeNull();
    expect(
      await post("edits", await form({ image: source() }, { prompt: "x", output_format: "webp" })),
    ).toEqual({
      status: 400,
      body: { error: expect.any(String) },
    });
    expect(await post("generations", { prompt: "x", size: "auto" })).toMatchObject({ status: 200 });
    expect(last()).toMatchObject({ size: "512x512" });
  });

  it("works on one call at a time, in the order they came", async () => {
    await start("sd-server", { script: [{ nth: 1, latencyMs: 150 }], pictures: "cheap" });
    const done: number[] = [];
    await Promise.all([
      post("generations", { prompt: "slow" }).then(() => done.push(1)),
      expect
        .poll(() => fake.calls().length)
        .toBe(1)
        .then(() => post("generations", { prompt: "quick" }))
        .then(() => done.push(2)),
    ]);
    expect(done).toEqual([1, 2]);
  });
});

describe("localai", () => {
  it("has no edits, takes bare base64 and splits the prompt at a bar", async () => {
    await start("localai");
    expect(await post("edits", await form({ image: source() }, { prompt: "x" }))).toMatchObject({
      status: 404,
    });
    const file = (await source()).toString("base64");
    const asked = {
      model: "flux-kontext",
      prompt: "a cup | blur",
      file,
      seed: 3,
      step: 9,
      size: "320x240",
      response_format: "b64_json",
    };
    const { status, body } = await post("generations", asked);
    expect(status).toBe(200);
    expect(await readTrace(Buffer.from(body.data[0].b64_json, "base64"))).toMatchObject({
      input: sha256(await source()),
    });
    expect(body.usage).toMatchObject({ total_tokens: 0 });
    expect(last()).toMatchObject({
      prompt: "a cup",
      size: "320x240",
      understood: { seed: 3, step: 9, negative_prompt: "blur" },
    });
    expect(await post("generations", { ...asked, file: `data:image/png;base64,${file}` })).toMatchObject({
      status: 500,
      body: { error: { code: 500 } },
    });
  });

  it("answers an address of its own unless base64 is asked for", async () => {
    await start("localai");
    const { body } = await post("generations", { prompt: "a cup", size: "auto" });
    const { url } = body.data[0];
    expect(new URL(url).origin).toBe(fake.url);
    const picture = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(await sharp(picture).metadata()).toMatchObject({ format: "png", width: 512, height: 512 });
  });

  it("inpaints where the mask is white, and may ask for a key", async () => {
    await start("localai", { key: "local" });
    const sent = await form({ image: source(), mask: greyMask() }, { prompt: "x", model: "stablediffusion" });
    expect(await post("inpainting", sent)).toMatchObject({ status: 401, body: { error: { code: 401 } } });
    expect(await post("inpainting", sent, "local")).toMatchObject({ status: 200 });
    expect(last()?.mask?.repaintShare).toBeCloseTo(0.5);
  });
});

describe("vllm-omni", () => {
  it("looks for the mask in mask_image and ignores what it does not know", async () => {
    await start("vllm-omni");
    const fields = {
      prompt: "x",
      seed: "7",
      negative_prompt: "blur",
      num_inference_steps: "8",
      quality: "best",
    };
    const { status, body } = await post(
      "edits",
      await form({ image: source(), mask_image: greyMask() }, fields),
    );
    expect(status).toBe(200);
    expect(body.data[0].b64_json).toEqual(expect.any(String));
    expect(last()).toMatchObject({ size: "640x480", understood: { seed: "7", negative_prompt: "blur" } });
    expect(last()?.mask?.repaintShare).toBeCloseTo(0.5);
    await post("edits", await form({ image: source(), mask: greyMask() }, fields));
    expect(last()).toMatchObject({ mask: null, files: [{ field: "image" }, { field: "mask" }] });
  });

  it("speaks of errors as detail, and is away while it loads", async () => {
    await start("vllm-omni", { loadingMs: 60_000 });
    expect(await post("generations", { prompt: "x" })).toEqual({
      status: 503,
      body: { detail: expect.any(String) },
    });
    await fake.close();
    await start("vllm-omni");
    expect(await post("generations", {})).toEqual({ status: 422, body: { detail: expect.any(String) } });
  });
});

describe("sglang", () => {
  it("takes a mask without looking at it and repeats the prompt", async () => {
    await start("sglang");
    const fields = { prompt: "a cup", seed: "7", guidance_scale: "3" };
    const { body } = await post("edits", await form({ "image[]": source(), mask: greyMask() }, fields));
    expect(body.data[0]).toMatchObject({ revised_prompt: "a cup", b64_json: expect.any(String) });
    expect(body.usage).toBeUndefined();
    expect(last()).toMatchObject({
      mask: { repaintShare: 1 },
      understood: { seed: "7", guidance_scale: "3" },
    });
  });

  it("has no addresses to give", async () => {
    await start("sglang");
    expect(await post("generations", { prompt: "x", response_format: "url" })).toEqual({
      status: 400,
      body: { detail: expect.any(String) },
    });
  });
});
