import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describePlan } from "./describe-plan";
import { readCounting, readPrompt } from "./read-prompt";

/** "prompt => plan": steps joined by " > ", "?" before unknown parts, "!" before warnings; \n is a line break. */
const ROWS = readFileSync(new URL("./read-prompt-table.txt", import.meta.url), "utf8")
  .trim()
  .split("\n");

const TABLE: [prompt: string, plan: string][] = [
  ["", ""],
  ...ROWS.map((row): [string, string] => {
    const at = row.lastIndexOf(" => ");
    return [row.slice(0, at).replaceAll("\\n", "\n"), row.slice(at + 4)];
  }),
];

/** One line for a plan: steps joined by " > ", "?..." for unknown parts, "!..." for warnings. */
function line(prompt: string) {
  return describePlan(readPrompt(prompt))
    .map((note) => ({ step: "", unknown: "?", warning: "!" })[note.kind] + note.text)
    .join(" > ");
}

const prompts = TABLE.map(([prompt]) => prompt);
const understood = prompts.filter((prompt) => {
  const plan = readPrompt(prompt);
  return plan.ops.length > 0 && plan.unknown.length === 0 && !/n't|keep|without|no /.test(prompt);
});

describe("readPrompt", () => {
  test.each(TABLE)("%s", (prompt, expected) => {
    expect(line(prompt)).toBe(expected);
  });

  test("the marketplace example is a white background, a padded square and a long edge", () => {
    expect(readPrompt("white background, square, 1200 px").ops).toEqual([
      {
        op: "background",
        backdrop: { kind: "colour", colour: { r: 255, g: 255, b: 255 }, name: "white" },
        shadow: "none",
      },
      { op: "pad-ratio", width: 1, height: 1, fill: { r: 255, g: 255, b: 255 } },
      { op: "resize", width: null, height: null, longEdge: 1200 },
    ]);
  });

  test("a recolour carries its noun and its colour", () => {
    expect(readPrompt("change the color of the sofa to #128a5b").ops).toEqual([
      { op: "recolour", colour: { r: 18, g: 138, b: 91 }, name: "#128a5b", part: "subject", noun: "sofa" },
    ]);
  });

  test("every unknown part has a hint and stands in the prompt as written", () => {
    for (const prompt of prompts) {
      for (const { text, hint } of readPrompt(prompt).unknown) {
        expect(hint.length).toBeGreaterThan(10);
        expect(prompt).toContain(text);
      }
    }
  });

  test("any text gives a plan", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const plan = readPrompt(text);
        expect(plan.ops.length + plan.unknown.length + plan.warnings.length > 0 || text.trim() === "").toBe(
          true,
        );
      }),
      { numRuns: 500 },
    );
  });

  test("words of the grammar in any order give a plan", () => {
    const words = [...new Set(prompts.join(" ").split(" "))];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 30 }), (some) => {
        expect(() => describePlan(readPrompt(some.join(" ")))).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  test("work per character stays bounded up to 50,000 characters", () => {
    const seeds = [
      ...prompts.filter((_, index) => index % 30 === 0),
      "to ",
      "make the ",
      "red blue ",
      "a ",
      "keep it and ",
      "don't, ",
      "###",
      "1:1x",
      "in on at ",
      "no ",
    ];
    for (const seed of seeds.filter(Boolean)) {
      const text = `${seed} `.repeat(Math.ceil(50_000 / (seed.length + 1))).slice(0, 50_000);
      const half = readCounting(text.slice(0, 25_000)).work;
      const whole = readCounting(text).work;
      expect(whole, seed).toBeLessThanOrEqual(half * 2.2 + 1000);
      expect(whole, seed).toBeLessThan(50_000 * 60);
    }
  });

  test("case, extra blanks and a full stop change nothing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...prompts), fc.boolean(), fc.boolean(), (prompt, upper, wide) => {
        const cased = upper ? prompt.toUpperCase() : prompt;
        const spaced = wide ? cased.replaceAll(" ", "   ") : cased;
        const [a, b] = [readPrompt(prompt), readPrompt(` ${spaced} . `)];
        expect(b.ops).toEqual(a.ops);
        expect(b.unknown.map(({ hint }) => hint)).toEqual(a.unknown.map(({ hint }) => hint));
      }),
      { numRuns: 500 },
    );
  });

  test("two understood prompts in one give the steps of both", () => {
    const ONCE = ["background", "shadow", "resize", "pad-ratio", "crop-ratio", "recolour", "centre-subject"];
    const loose = (prompt: string) => readPrompt(prompt).ops.filter(({ op }) => !ONCE.includes(op));
    fc.assert(
      fc.property(fc.constantFrom(...understood), fc.constantFrom(...understood), (first, second) => {
        const key = (op: unknown) => JSON.stringify(op);
        const both = loose(`${first}. Then ${second}`).map(key);
        const each = [...loose(first), ...loose(second)].map(key);
        expect(new Set(both)).toEqual(new Set(each));
        expect(readPrompt(`${first}. Then ${second}`).unknown).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("a strange word anywhere is reported or shown as the thing meant", () => {
    fc.assert(
      fc.property(fc.constantFrom(...understood), fc.nat(), (prompt, seed) => {
        const words = prompt.split(" ");
        words.splice(seed % (words.length + 1), 0, "zorblaxian");
        const { plan, nouns } = readCounting(words.join(" "));
        expect([...plan.unknown.map(({ text }) => text), ...nouns].join(" ")).toContain("zorblaxian");
      }),
      { numRuns: 800 },
    );
  });
});
