import OpenAI, { toFile } from "openai";
import { afterEach, describe, expect, it } from "vitest";
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

describe("with the official SDK", () => {
  it("an answer names its input, its prompt and its call, and is as large as asked", async () => {
    const client = await start();
    const sources = await Promise.all([7, 8, 9].map((number) => numberedPicture(number)));
    const answers = await Promise.all(
      sources.map(async (source, at) =>
        client.images.edit({
          model: "gpt-image-2.5-flare",
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
  });
});
