import { describe, expect, test } from "vitest";
import { findSnippets, insertSnippet } from "./insert-snippet";

describe("a snippet", () => {
  test.each([
    ["", "at a beach|"],
    ["|", "at a beach|"],
    ["the lamp|", "the lamp at a beach|"],
    ["the lamp |", "the lamp at a beach|"],
    ["|the lamp", "at a beach| the lamp"],
    ["the lamp|, soft light", "the lamp at a beach|, soft light"],
    ["the lamp\n|\nsoft light", "the lamp\nat a beach|\nsoft light"],
    ["the [red] lamp", "the at a beach| lamp"],
    ["[all of it]", "at a beach|"],
  ])("goes into %j as %j", (before, after) => {
    const bare = before.replace(/[[\]|]/g, "");
    const mark = before.search(/[[|]/);
    const start = mark < 0 ? bare.length : mark;
    const end = before.includes("]") ? before.indexOf("]") - 1 : start;
    const { prompt, caret } = insertSnippet(bare, { start, end }, "at a beach");
    expect(`${prompt.slice(0, caret)}|${prompt.slice(caret)}`).toBe(after);
  });

  test("is found by its name first, then by its words, in any case", () => {
    const list = [
      { name: "Alps", text: "no BEACH here" },
      { name: "beach", text: "sand" },
      { name: "City", text: "streets" },
    ];
    expect(findSnippets(list, " Beach ").map(({ name }) => name)).toEqual(["beach", "Alps"]);
    expect(findSnippets(list, "")).toEqual(list);
  });
});
