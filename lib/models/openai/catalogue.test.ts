import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { env, forgetEnv } from "@/lib/env";
import { callsOnlyEnv } from "@/scripts/testing/provider-calls";
import { catalogueFor, openaiCatalogue, shutdownWarning } from "./catalogue";

beforeEach(() => callsOnlyEnv());
afterEach(() => {
  delete process.env.OPENAI_CATALOGUE;
  forgetEnv();
});

function catalogueFile(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "catalogue-")), "models.json");
  writeFileSync(path, text);
  return path;
}

test("the first model is the default; models that end soon warn and are not offered", () => {
  const [first] = openaiCatalogue();
  expect(first?.id).toBe("gpt-image-2.5-flare");
  const ending = openaiCatalogue().filter(({ shutdown }) => shutdown);
  expect(ending.map(({ id, offered }) => [id, offered])).toEqual([
    ["gpt-image-1.5", false],
    ["gpt-image-1-mini", false],
    ["chatgpt-image-latest", false],
  ]);
  expect(shutdownWarning(catalogueFor("openai", "gpt-image-1.5"), new Date("2026-11-21"))).toBe(
    "ends on 1 December 2026",
  );
  expect(shutdownWarning(catalogueFor("openai", "gpt-image-1.5"), new Date("2026-12-02"))).toBe(
    "ended on 1 December 2026",
  );
});

test("only 2.6 has a complexity, only 2 lacks the two finest qualities", () => {
  const having = (of: (id: string) => boolean) => openaiCatalogue().filter(({ id }) => of(id));
  expect(having((id) => id.includes("2.6")).every(({ capabilities }) => capabilities.complexity)).toBe(true);
  expect(having((id) => id.includes("2.5")).some(({ capabilities }) => capabilities.complexity)).toBe(false);
  expect(catalogueFor("openai", "gpt-image-2").capabilities.qualities).not.toContain("xhigh");
});

test("a model nobody knows takes edits and is priced like the dearest", () => {
  const unknown = catalogueFor("openai", "gpt-image-7");
  expect(unknown.capabilities.edits).toBe(true);
  expect(unknown.output).toMatchObject({ qualities: { high: { base: 48, most: 96 } } });
});

test("an operator changes a price, adds a model and takes one away", () => {
  const path = catalogueFile(
    JSON.stringify({
      models: {
        "gpt-image-2": { rates: { imageOut: 33 }, offered: false },
        "gpt-image-3": { label: "GPT Image 3", capabilities: { complexity: true }, timeoutMs: 60000 },
      },
    }),
  );
  callsOnlyEnv({ OPENAI_CATALOGUE: path });
  expect(catalogueFor("openai", "gpt-image-2")).toMatchObject({
    rates: { textIn: 5, imageIn: 8, imageOut: 33 },
    offered: false,
    label: "GPT Image 2",
  });
  expect(catalogueFor("openai", "gpt-image-3")).toMatchObject({
    label: "GPT Image 3",
    timeoutMs: 60000,
    capabilities: { edits: true, complexity: true },
  });
  expect(openaiCatalogue().at(-1)?.id).toBe("gpt-image-3");
  expect(catalogueFor("localai", "gpt-image-3")).toMatchObject({
    timeoutMs: 60000,
    output: { kind: "free" },
  });
});

test.each([
  ["no JSON", "{", "a readable JSON file"],
  ["a word it does not know", '{"models":{"a":{"price":3}}}', "price"],
  ["a wrong day", '{"models":{"a":{"shutdown":"soon"}}}', "models.a.shutdown: a day such as 2026-12-01"],
  ["a wrong price", '{"models":{"a":{"rates":{"imageOut":"3"}}}}', "models.a.rates.imageOut"],
])("a file with %s stops the start, with its name and what is expected", (_, text, words) => {
  const path = catalogueFile(text);
  process.env.OPENAI_CATALOGUE = path;
  forgetEnv();
  expect(() => env()).toThrow("OPENAI_CATALOGUE: expected a");
  expect(() => env()).toThrow(path);
  expect(() => env()).toThrow(words);
});

test("a file that is not there stops the start", () => {
  process.env.OPENAI_CATALOGUE = "/nowhere/models.json";
  forgetEnv();
  expect(() => env()).toThrow("OPENAI_CATALOGUE: expected a readable JSON file at /nowhere/models.json");
});
