import { readFile } from "node:fs/promises";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Dialect } from "@/lib/connections/types";
import { sharp } from "@/lib/images/decoder";
import { DEFAULT_PROVIDER } from "@/lib/sessions/constants";
import { numberedPicture } from "@/scripts/testing/fake-provider/pictures/numbered-picture";
import { readTrace } from "@/scripts/testing/fake-provider/pictures/trace";
import { type FakeProvider, startFakeProvider } from "@/scripts/testing/fake-provider/start-fake-provider";
import {
  callsOnlyEnv,
  connectionTo,
  delivered,
  failureOf,
  requestOf,
  storedPicture,
} from "@/scripts/testing/provider-calls";
import { openaiModel } from "../openai-model";

const going = { signal: new AbortController().signal, send: async () => {} };
const MODELS = {
  "sd-server": "sd-cpp-local",
  localai: "flux-kontext",
  "vllm-omni": "Qwen/Qwen-Image-Edit-2511",
  sglang: "black-forest-labs/FLUX.2-dev",
} as const;
const WISHES = {
  ...DEFAULT_PROVIDER,
  seed: 42,
  negativePrompt: "blur </sd_cpp_extra_args> | rain",
  steps: 20,
};

let fake: FakeProvider;

async function start(dialect: keyof typeof MODELS) {
  fake = await startFakeProvider({ dialect });
  return openaiModel(connectionTo(fake, { dialect }), MODELS[dialect]);
}

beforeAll(() => callsOnlyEnv());
afterEach(() => fake.close());

/** The right third is to be worked on. */
async function mask(width: number, height: number) {
  const left = await sharp({ create: { width: (width / 3) * 2, height, channels: 4, background: "#000000" } })
    .png()
    .toBuffer();
  const clear = { r: 255, g: 255, b: 255, alpha: 0 };
  return storedPicture(
    await sharp({ create: { width, height, channels: 4, background: clear } })
      .composite([{ input: left, left: 0, top: 0 }])
      .png()
      .toBuffer(),
  );
}

async function edit(dialect: keyof typeof MODELS, masked = false) {
  const model = await start(dialect);
  const source = await storedPicture(await numberedPicture(11, { width: 600, height: 400 }));
  const request = await requestOf({
    source,
    provider: WISHES,
    prompt: "make it night",
    mask: masked ? await mask(600, 400) : null,
  });
  const made = await model.make(request, going);
  const [call] = fake.imageCalls();
  return { made, call };
}

describe("an edit, as the server receives it", () => {
  test("sd-server: parameters inside the prompt, the mask white on one grey channel", async () => {
    const { made, call } = await edit("sd-server", true);
    expect(call).toMatchObject({
      path: "/v1/images/edits",
      prompt: "make it night",
      images: [{ field: "image[]", format: "png", width: 600, height: 400 }],
      understood: {
        seed: 42,
        negative_prompt: WISHES.negativePrompt,
        sample_params: { sample_steps: 20 },
      },
      mask: { format: "png", alpha: false, width: 600, height: 400 },
    });
    expect(call?.mask?.repaintShare).toBeCloseTo(1 / 3, 2);
    expect(made).toMatchObject({ cost: 0, usage: null });
    expect(await readTrace(await readFile(made.path))).toMatchObject({ source: 11 });
  });

  test("localai: a generation with the picture as base64, the negative prompt after the one bar there is", async () => {
    const { made, call } = await edit("localai");
    expect(call).toMatchObject({
      path: "/v1/images/generations",
      bodyKind: "json",
      fields: { seed: 42, step: 20, response_format: "b64_json", size: "1248x832" },
      prompt: "make it night",
      understood: { negative_prompt: "blur </sd_cpp_extra_args> / rain" },
      images: [{ field: "file", width: 600, height: 400 }],
    });
    expect(await readTrace(await readFile(made.path))).toMatchObject({ source: 11 });
  });

  test("localai: a mask goes to inpainting, whose picture is fetched from the address it answers", async () => {
    const { made, call } = await edit("localai", true);
    expect(call).toMatchObject({ path: "/v1/images/inpainting", fields: { steps: "20" } });
    expect(call?.mask?.repaintShare).toBeCloseTo(1 / 3, 2);
    expect(fake.calls()).toHaveLength(2);
    expect(await readTrace(await readFile(made.path))).toMatchObject({ source: 11 });
  });

  test("vllm-omni: fields of their own, the mask white in mask_image", async () => {
    const { call } = await edit("vllm-omni", true);
    expect(call).toMatchObject({
      path: "/v1/images/edits",
      understood: { seed: "42", negative_prompt: WISHES.negativePrompt, num_inference_steps: "20" },
      images: [{ field: "image" }],
      mask: { field: "mask_image", alpha: false },
    });
    expect(call?.mask?.repaintShare).toBeCloseTo(1 / 3, 2);
  });

  test("sglang: no mask is sent, since none is looked at", async () => {
    const { call } = await edit("sglang");
    expect(call).toMatchObject({
      path: "/v1/images/edits",
      understood: { seed: "42", num_inference_steps: "20" },
      images: [{ field: "image" }],
      mask: null,
    });
    const model = await start("sglang");
    const source = await storedPicture(await numberedPicture(1));
    const request = await requestOf({ source, mask: await mask(600, 400) });
    const { words } = await failureOf(model.make(request, going));
    expect(words).toMatch(/works without masks/);
  });
});

test.each(["sd-server", "localai", "vllm-omni", "sglang"] as const)(
  "%s makes a picture from text without a key, in the size and format asked for, at no cost",
  async (dialect) => {
    const model = await start(dialect);
    const output = { format: "webp", quality: 80, size: { mode: "keep" } } as const;
    const provider = { ...DEFAULT_PROVIDER, size: "768x512" } as const;
    const request = await requestOf({ provider, output });
    const made = await model.make(request, going);
    expect(fake.imageCalls()[0]).toMatchObject({ path: "/v1/images/generations", size: "768x512" });
    expect(await sharp(await delivered(made, request)).metadata()).toMatchObject({
      format: "webp",
      width: 768,
      height: 512,
    });
    expect(made).toMatchObject({ cost: 0, notes: [] });
  },
);

test.each(["sd-server", "localai", "vllm-omni", "sglang"] as const)(
  "%s: the line breaks of a prompt arrive as they were written",
  async (dialect) => {
    const model = await start(dialect);
    const source = await storedPicture(await numberedPicture(3));
    await model.make(await requestOf({ source, prompt: "a cup\nby the sea\r\nat night" }), going);
    expect(fake.imageCalls()[0]?.prompt).toBe("a cup\nby the sea\r\nat night");
  },
);

test("sd-server edits come as PNG where WebP is asked for, and are turned into it", async () => {
  const model = await start("sd-server");
  const source = await storedPicture(await numberedPicture(2));
  const output = { format: "webp", quality: 80, size: { mode: "keep" } } as const;
  const request = await requestOf({ source, output });
  const made = await model.make(request, going);
  expect(fake.imageCalls()[0]?.format).toBe("png");
  expect(await sharp(await delivered(made, request)).metadata()).toMatchObject({ format: "webp" });
});

test.each([
  "a cup <sd_cpp_extra_args>{}</sd_cpp_extra_args>",
  "</sd_cpp_extra_args> a cup",
  "< SD_CPP_EXTRA_ARGS >",
])("sd-server: %s is refused before it is sent, and in the plan", async (prompt) => {
  const model = await start("sd-server");
  const send = () => Promise.reject(new Error("sent all the same"));
  const failure = await failureOf(model.make(await requestOf({ prompt }), { ...going, send }));
  expect(failure.code).toBe("bad_request");
  const output = { format: "png", quality: 90, size: { mode: "keep" } } as const;
  expect(model.plan({ prompt, output })).toMatchObject([{ kind: "warning" }]);
  expect(fake.calls()).toHaveLength(0);
});

test("localai: a bar in a prompt does not cut it", async () => {
  const model = await start("localai");
  await model.make(await requestOf({ prompt: "black|white cup" }), going);
  expect(fake.imageCalls()[0]).toMatchObject({ prompt: "black/white cup" });
  expect(fake.imageCalls()[0]?.understood).not.toHaveProperty("negative_prompt");
});

test.each([
  ["sd-server", "string_error"],
  ["localai", "server_error"],
  ["vllm-omni", "detail_error"],
  ["sglang", "detail_error"],
] as const satisfies [Dialect, string][])(
  "%s: its errors are read, and nothing may have been charged",
  async (dialect, kind) => {
    fake = await startFakeProvider({
      dialect,
      script: [{ nth: 1, fault: { kind, message: "out of VRAM" } }, { fault: "close_before_headers" }],
    });
    const model = openaiModel(connectionTo(fake, { dialect }), MODELS[dialect]);
    const refused = await failureOf(model.make(await requestOf(), going));
    expect(refused.extra).toMatchObject({ details: expect.stringContaining("out of VRAM"), charge: "none" });
    const lost = await failureOf(model.make(await requestOf(), going));
    expect(lost).toMatchObject({ code: "timeout", extra: { charge: "none" } });
  },
);
