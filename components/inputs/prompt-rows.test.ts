import { afterEach, describe, expect, test, vi } from "vitest";
import { MAX_PROMPT_ROWS } from "@/lib/inputs/constants";
import { addPrompts } from "./add-prompts";
import { promptLines } from "./prompt-lines";

afterEach(() => vi.restoreAllMocks());

describe("prompts, one a line", () => {
  test.each([
    ["a\nb\r\nc\rd\u2028e", ["a", "b", "c", "d", "e"]],
    ["  a  \n\n \t\n b", ["a", "b"]],
    ["", []],
  ])("%j", (text, prompts) => {
    expect(promptLines(text)).toEqual({ prompts, error: null });
  });

  test("a line that is too long is named by its number, empty lines counted", () => {
    const long = "x".repeat(32_001);
    expect(promptLines(`a\n\n${long}`).error).toMatch(/^Line 3: over 32,000/);
    expect(promptLines(Array(5).fill(long).join("\n")).error).toMatch(/^Lines 1, 2, 3 and 2 more/);
  });

  test("more than a session holds says how many must go", () => {
    expect(promptLines("x\n".repeat(10_007)).error).toContain("Take out 7.");
    expect(promptLines("x\n".repeat(10_000)).error).toBeNull();
  });
});

type Sent = { rows: { clientId: string; prompt: string }[] };

/** Answers with each status in turn, then 200; tells what was sent. */
function serve(...statuses: number[]): Sent[] {
  const sent: Sent[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (_, init) => {
    sent.push(JSON.parse(String(init?.body)));
    return Response.json({ words: "No." }, { status: statuses.shift() ?? 200 });
  });
  return sent;
}

describe("adding", () => {
  test("goes in requests of bounded number and size, in order", async () => {
    const sent = serve();
    const many = Array.from({ length: MAX_PROMPT_ROWS + 3 }, (_, i) => `prompt ${i}`);
    expect(await addPrompts("s", many)).toEqual({ left: [], words: null });
    expect(sent.map(({ rows }) => rows.length)).toEqual([MAX_PROMPT_ROWS, 3]);
    expect(sent.flatMap(({ rows }) => rows.map(({ prompt }) => prompt))).toEqual(many);
    const large = Array.from({ length: 130 }, (_, i) => `${i}`.padEnd(32_000, "x"));
    await addPrompts("s", large);
    expect(sent.slice(2).map(({ rows }) => rows.length)).toEqual([62, 62, 6]);
  });

  test("what was refused is left, and pressing again sends it under the same ids", async () => {
    const sent = serve(200, 400);
    const many = Array.from({ length: MAX_PROMPT_ROWS + 2 }, (_, i) => `prompt ${i}`);
    const first = await addPrompts("s", many);
    expect(first).toEqual({ left: many.slice(MAX_PROMPT_ROWS), words: "No." });
    expect(await addPrompts("s", first.left)).toEqual({ left: [], words: null });
    expect(sent[2]).toEqual(sent[1]);
    await addPrompts("s", first.left);
    expect(sent[3]?.rows[0]?.clientId).not.toBe(sent[2]?.rows[0]?.clientId);
  });
});
