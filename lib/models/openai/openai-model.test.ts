import { readFile } from "node:fs/promises";
import { afterEach, beforeAll, expect, test } from "vitest";
import { sharp } from "@/lib/images/decoder";
import { DEFAULT_PROVIDER } from "@/lib/sessions/constants";
import { numberedPicture } from "@/scripts/testing/fake-provider/pictures/numbered-picture";
import { readTrace, sha256 } from "@/scripts/testing/fake-provider/pictures/trace";
import type { FakeProviderOptions } from "@/scripts/testing/fake-provider/settings";
import { type FakeProvider, startFakeProvider } from "@/scripts/testing/fake-provider/start-fake-provider";
import {
  callsOnlyEnv,
  connectionTo,
  delivered,
  requestOf,
  storedPicture,
} from "@/scripts/testing/provider-calls";
import { openaiModel } from "./openai-model";

const FLARE = "gpt-image-2.5-flare";
const going = { signal: new AbortController().signal, send: async () => {} };

let fake: FakeProvider;

async function start(options: FakeProviderOptions = {}) {
  fake = await startFakeProvider(options);
  return openaiModel(connectionTo(fake), FLARE);
}

beforeAll(() => callsOnlyEnv());
afterEach(() => fake.close());

test("an edit sends source, references and mask upright, small and without metadata, and answers a real picture", async () => {
  const model = await start();
  const photo = await sharp(await numberedPicture(7, { width: 3000, height: 2000 }))
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const source = await storedPicture(photo);
  const references = [
    await storedPicture(await numberedPicture(8, { format: "png" })),
    await storedPicture(await numberedPicture(9, { format: "webp" })),
  ];
  const mask = await storedPicture(await leftHalfClear(2000, 3000));
  const request = await requestOf({ source, references, mask, prompt: "make it blue" });

  const made = await model.make(request, going);

  const [call] = fake.imageCalls();
  expect(call).toMatchObject({
    path: "/v1/images/edits",
    clientRequestId: request.attemptId,
    retryCount: 0,
    fields: {
      model: FLARE,
      prompt: "make it blue",
      n: "1",
      size: "832x1248",
      quality: "medium",
      background: "auto",
      output_format: "png",
      moderation: "auto",
      safety_identifier: request.endUser,
    },
    images: [
      { field: "image[]", format: "png", width: 1365, height: 2048 },
      { field: "image[]", format: "png", width: 640, height: 480 },
      { field: "image[]", format: "png", width: 640, height: 480 },
    ],
    mask: { format: "png", width: 1365, height: 2048, alpha: true },
  });
  expect(call?.mask?.repaintShare).toBeCloseTo(0.5, 2);
  expect(Object.keys(call?.fields ?? {})).not.toContain("seed");

  const bytes = await readFile(made.path);
  expect(await sharp(bytes).metadata()).toMatchObject({ format: "png", width: 832, height: 1248 });
  expect(await readTrace(bytes)).toMatchObject({ prompt: sha256("make it blue") });
  expect(made).toMatchObject({
    modelVersion: FLARE,
    requestId: call?.requestId,
    used: { model: FLARE, size: "832x1248", quality: "medium", format: "png" },
    notes: [],
  });
  const { text = 0, image = 0, output = 0 } = call?.tokens ?? {};
  expect(made.cost).toBe(text * 5 + image * 8 + output * 30);
  expect(made.usage).toMatchObject({
    input_text_tokens: text,
    input_image_tokens: image,
    output_tokens: output,
  });
});

test("one picture goes as `image`, a generation as JSON, each with what was chosen", async () => {
  const model = await start();
  const provider = {
    ...DEFAULT_PROVIDER,
    quality: "xhigh",
    background: "transparent",
    moderation: "low",
  } as const;
  await model.make(await requestOf({ source: await storedPicture(await numberedPicture(1)) }), going);
  await model.make(
    await requestOf({
      provider: { ...provider, size: "1536x864" },
      output: { format: "webp", quality: 71, size: { mode: "keep" } },
    }),
    going,
  );
  const [edit, generation] = fake.imageCalls();
  expect(edit?.images).toMatchObject([{ field: "image", format: "jpeg" }]);
  expect(generation).toMatchObject({
    path: "/v1/images/generations",
    bodyKind: "json",
    fields: {
      size: "1536x864",
      quality: "xhigh",
      background: "transparent",
      moderation: "low",
      output_format: "webp",
      output_compression: 71,
    },
  });
});

test("the price told before is the price charged after, and never below it", async () => {
  const model = await start();
  const prompt = "a cup on a table";
  for (const quality of ["low", "high", "auto"] as const) {
    const source = await storedPicture(await numberedPicture(3, { width: 4000, height: 1500 }));
    const provider = { ...DEFAULT_PROVIDER, quality };
    const price = model.price({ provider, promptChars: prompt.length, inputs: [source] });
    const { cost } = await model.make(await requestOf({ source, provider, prompt }), going);
    // A letter is counted as a token before; most tokens are longer.
    expect(price.max).toBeGreaterThanOrEqual(cost);
    if (quality === "auto") expect(price.min).toBeLessThan(price.max);
    else expect(price).toEqual({ min: price.max, max: cost + (prompt.length - prompt.length / 4) * 5 });
  }
});

test("the result is brought to the size and format a session asks for", async () => {
  const model = await start();
  const output = {
    format: "jpeg",
    quality: 80,
    size: { mode: "exact", width: 500, height: 500, pad: "#00ff00" },
  } as const;
  const source = await storedPicture(await numberedPicture(4));
  const request = await requestOf({ source, output });
  const made = await model.make(request, going);
  expect(fake.imageCalls()[0]?.fields.output_format).toBe("png");
  expect(await sharp(await delivered(made, request)).metadata()).toMatchObject({
    format: "jpeg",
    width: 500,
    height: 500,
  });
  expect(made.used.size).toBe("1152x864");
});

test("another snapshot, quality or size than asked is used and said", async () => {
  const model = await start({
    script: [
      { nth: 1, fault: "other_quality" },
      { nth: 2, fault: "other_snapshot" },
      { nth: 3, fault: "wrong_size" },
      { nth: 4, fault: "wrong_format" },
    ],
  });
  const make = async () => model.make(await requestOf(), going);
  expect(await make()).toMatchObject({
    used: { quality: "low" },
    notes: ["The provider used quality low; medium was asked for"],
  });
  expect(await make()).toMatchObject({
    modelVersion: "gpt-image-2-2026-04-21",
    notes: [`Made by gpt-image-2-2026-04-21; ${FLARE} was asked for`],
  });
  expect((await make()).notes).toEqual(["The provider made 512×512; 1024×1024 was asked for"]);
  const request = await requestOf();
  const converted = await delivered(await model.make(request, going), request);
  expect(await sharp(converted).metadata()).toMatchObject({ format: "png" });
});

test("an answer tells the limits of the connection", async () => {
  const model = await start({ limits: { images: { perMinute: 20 }, requests: { perMinute: 60 } } });
  const made = await model.make(await requestOf(), going);
  expect(made.observed).toMatchObject({ imagesPerMinute: 20, requestsPerMinute: 60, remaining: 19 });
});

/** Everything is ready when `send` is called: nothing is left between it and the call. */
test("send is called once, before the only call; what it throws ends the work unsent", async () => {
  const model = await start();
  const source = await storedPicture(await numberedPicture(5));
  const order: string[] = [];
  const send = async () => {
    order.push(`sent after ${fake.imageCalls().length} calls`);
  };
  await model.make(await requestOf({ source }), { ...going, send });
  expect(order).toEqual(["sent after 0 calls"]);
  expect(fake.imageCalls()).toHaveLength(1);

  const lost = new Error("not ours any more");
  const refuse = model.make(await requestOf({ source }), { ...going, send: () => Promise.reject(lost) });
  await expect(refuse).rejects.toBe(lost);
  expect(fake.imageCalls()).toHaveLength(1);
});

async function leftHalfClear(width: number, height: number): Promise<Buffer> {
  const right = await sharp({
    create: { width: width / 2, height, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 1 } },
  })
    .png()
    .toBuffer();
  return sharp({ create: { width, height, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .composite([{ input: right, left: width / 2, top: 0 }])
    .png()
    .toBuffer();
}
