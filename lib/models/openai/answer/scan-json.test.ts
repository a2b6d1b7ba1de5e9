import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAnswer, UnusableAnswer } from "./read-answer";
import { JsonScanner } from "./scan-json";

async function read(text: string, cuts: number[] = []) {
  const path = join(await mkdtemp(join(tmpdir(), "answer-")), "picture");
  const answer = await readAnswer(chunks(Buffer.from(text), cuts), path);
  return { answer, bytes: await readFile(path) };
}

async function* chunks(bytes: Buffer, cuts: number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const to of [...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length]) {
    yield bytes.subarray(from, to);
    from = to;
  }
}

describe("an answer that comes in pieces", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", '"', "\\", "{", "}", ":", ",", " ", "é", "漢", "\n", "b64_json"),
  });
  const cut = fc.array(fc.nat(5_000), { maxLength: 12 });

  test("is the same wherever it is cut", async () => {
    const picture = fc.uint8Array({ minLength: 1, maxLength: 800 });
    await fc.assert(
      fc.asyncProperty(
        picture,
        text,
        text,
        cut,
        fc.boolean(),
        async (bytes, before, after, cuts, escaped) => {
          const b64 = Buffer.from(bytes).toString("base64");
          const json = JSON.stringify({
            note: before,
            [`x${after}`]: [before, { deep: after }],
            data: [{ revised_prompt: after, b64_json: b64, url: null }],
            quality: "high",
            usage: { input_tokens: 3, output_tokens: 5 },
          });
          const sent = escaped ? json.replaceAll("/", "\\/").replaceAll("=", "\\u003d") : json;
          const { answer, bytes: got } = await read(sent, cuts);
          expect(got).toEqual(Buffer.from(bytes));
          expect(answer).toMatchObject({
            picture: true,
            used: { quality: "high" },
            usage: { input_tokens: 3, output_tokens: 5 },
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  test("keeps everything but the pictures, to the letter", async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), cut, async (json, cuts) => {
        const none = { wants: () => false, write: async () => {}, end: async () => {} };
        const scanner = new JsonScanner(none, 1_000_000);
        for await (const chunk of chunks(Buffer.from(json), cuts)) await scanner.push(chunk);
        expect(scanner.kept).toBe(json);
        expect(scanner.isCut).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

const picture = Buffer.from("a picture of sorts").toString("base64");

test("a data URL is a picture, an address is an address", async () => {
  const data = await read(JSON.stringify({ data: [{ url: `data:image/png;base64,${picture}` }] }), [40, 60]);
  expect(data.bytes.toString()).toBe("a picture of sorts");
  const address = await read('{"data":[{"url":"http://localhost:8080/generated-images/a.png"}]}');
  expect(address.answer).toMatchObject({
    picture: false,
    url: "http://localhost:8080/generated-images/a.png",
  });
});

test("further pictures are read over", async () => {
  const second = Buffer.from("another").toString("base64");
  const { bytes } = await read(JSON.stringify({ data: [{ b64_json: picture }, { b64_json: second }] }));
  expect(bytes.toString()).toBe("a picture of sorts");
});

test.each([
  ["nothing", "", "empty"],
  ["a page", "<html><body>Sign in</body></html>", "no JSON"],
  ["no list", "{}", "no image"],
  ["an empty list", '{"data":[]}', "no image"],
  ["an empty picture", '{"data":[{"b64_json":""}]}', "no image"],
  ["no base64", '{"data":[{"b64_json":"!!! none !!!"}]}', "no base64"],
  ["base64 cut short", '{"data":[{"b64_json":"iVBORw0KGgo"}]}', "stops in the middle"],
  ["half an answer", '{"data":[{"b64_json":"iVBORw0K', "stops in the middle"],
  ["half its JSON", '{"data":[{"b64_json":"iVBORw0K"}', "no JSON"],
  [
    "too much beside the picture",
    JSON.stringify({ data: [{ b64_json: picture }], more: ["x".repeat(2_000_000)] }),
    "too long",
  ],
])("%s is no answer", async (_, text, words) => {
  await expect(read(text)).rejects.toThrow(words);
  await expect(read(text, [3, 9, 20])).rejects.toBeInstanceOf(UnusableAnswer);
});
