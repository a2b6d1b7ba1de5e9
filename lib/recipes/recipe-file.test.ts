import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { RECIPE_FORMAT } from "./constants";
import { withoutIds } from "./file-connections";
import { READY_MADE } from "./ready-made";
import { readRecipeFile, writeRecipeFile } from "./recipe-file";
import { recipeContentSchema } from "./schemas";
import type { RecipeContent } from "./types";

const text = fc.string({ unit: "grapheme", maxLength: 40 }).filter((value) => !value.includes("\0"));
const output = fc.constantFrom(
  DEFAULT_SETTINGS.output,
  { format: "jpeg", quality: 82, size: { mode: "long-edge", pixels: 2048 } },
  { format: "webp", quality: 1, size: { mode: "exact", width: 1200, height: 900, pad: "#ffffff" } },
);
const settings = fc.record({
  connection: fc.constantFrom("studio", "openai", "sd-server", "env", "0199a1b2-0000-7000-8000-000000000001"),
  model: fc.constantFrom("studio", "gpt-image-2"),
  seed: fc.option(fc.nat()),
  negativePrompt: text,
  parallel: fc.option(fc.integer({ min: 1, max: 256 })),
  output,
});
const step = fc.record({
  prompt: text,
  own: fc.option(
    fc.record({ connection: fc.constantFrom("studio", "localai"), output }, { requiredKeys: [] }),
  ),
  source: fc.nat({ max: 6 }),
  references: fc.array(fc.nat({ max: 6 }), { maxLength: 3 }),
  enabled: fc.boolean(),
});

/** Any recipe that the product can make; places name only steps before. */
const content = fc.tuple(settings, fc.array(step, { minLength: 1, maxLength: 7 })).map(([given, steps]) => {
  const { seed, negativePrompt, ...session } = given;
  return recipeContentSchema.parse({
    settings: {
      ...DEFAULT_SETTINGS,
      ...session,
      provider: { ...DEFAULT_SETTINGS.provider, seed, negativePrompt },
    },
    steps: steps.map(({ own, ...one }, at) => ({
      ...one,
      settings: own,
      source: Math.min(one.source, at),
      references: one.references.map((place) => Math.min(place, at)),
    })),
  });
});

const good: RecipeContent = READY_MADE[1]?.content ?? recipeContentSchema.parse(null);
const file = (over: object) => JSON.stringify({ format: RECIPE_FORMAT, name: "Red", content: good, ...over });
const withStep = (over: object) =>
  file({ content: { ...good, steps: good.steps.map((one, at) => (at === 1 ? { ...one, ...over } : one)) } });

test("what is written is read again, the same", () => {
  fc.assert(
    fc.property(content, text, (kept, name) => {
      fc.pre(name.trim() !== "");
      const read = readRecipeFile(writeRecipeFile(name, kept));
      expect(read).toEqual({ ok: true, value: { format: RECIPE_FORMAT, name: name.trim(), content: kept } });
    }),
  );
});

test("no file holds the id of a connection, and taking ids out twice is taking them out once", () => {
  const kinds = new Map([["0199a1b2-0000-7000-8000-000000000001", "sd-server" as const]]);
  fc.assert(
    fc.property(content, (kept) => {
      const once = withoutIds(kept, kinds);
      expect(JSON.stringify(once)).not.toContain("0199a1b2");
      expect(withoutIds(once, new Map())).toEqual(withoutIds(once, kinds));
      expect(withoutIds(once, kinds)).toEqual(once);
    }),
  );
});

test("a byte order mark is no trouble, and what Postgres can't keep is left out", () => {
  const read = readRecipeFile(`\ufeff${withStep({ prompt: "se\0pia" })}`);
  expect(read.ok && read.value.content.steps[1]?.prompt).toBe("sepia");
});

describe("a file that is no recipe is refused with", () => {
  test.each([
    ["an image", "\x89PNG", "This file is not JSON, so it is no recipe. Nothing was added."],
    ["other JSON", "[1]", /begins with "format": "contact-sheet-recipe-1"/],
    ["a newer form", file({ format: "contact-sheet-recipe-9" }), /which this version does not read/],
    ["too much", `"${"x".repeat(262_144)}"`, /too large for a recipe: at most 256 KB/],
    ["no name", file({ name: "  " }), /A recipe needs a name/],
    ["no steps", file({ content: { ...good, steps: [] } }), /at least one step/],
    [
      "eight steps",
      file({ content: { ...good, steps: [...good.steps, ...good.steps, ...good.steps].slice(0, 8) } }),
      /at most 7 steps/,
    ],
    ["a step that uses a later one", withStep({ source: 3 }), /Step 2 can't use step 3/],
    [
      "a number for a prompt",
      withStep({ prompt: 7 }),
      'Step 2: "prompt" should be of type string. Nothing was added.',
    ],
    ["a step without source", withStep({ source: undefined }), /Step 2: "source" is missing/],
    ["a field nobody knows", withStep({ shell: "rm" }), /Step 2 has "shell", which no recipe has/],
    [
      "settings nobody has",
      withStep({ settings: { provider: { ...DEFAULT_SETTINGS.provider, quality: "best" } } }),
      /Step 2: "settings.provider.quality" is none of auto, low, medium/,
    ],
    [
      "a size out of bounds",
      file({ content: { ...good, settings: { ...good.settings, parallel: 1000 } } }),
      /The recipe: "content.settings.parallel" is over its limit of 256/,
    ],
    ["a key", file({ apiKey: "sk-1" }), /The recipe has "apiKey", which no recipe has/],
    [
      "a prototype",
      `{"format":"${RECIPE_FORMAT}","name":"Red","content":${JSON.stringify(good)},"__proto__":{"x":1}}`,
      /The recipe has "__proto__"/,
    ],
  ])("%s: words that say what and where", (_, given, words) => {
    expect(readRecipeFile(given)).toEqual({
      ok: false,
      reason: "bad_file",
      words: typeof words === "string" ? words : expect.stringMatching(words),
    });
  });
});
