import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeChanges } from "./describe-changes";
import { addStep, duplicateStep, moveStep, removeStep, replaceStep } from "./edit-chain";
import { chainSchema } from "./schemas";
import type { ChainStep } from "./types";

const step = (id: string, source: number, references: number[] = []): ChainStep => ({
  id,
  prompt: id,
  settings: null,
  source,
  references,
  enabled: true,
});

/** "a<0 b<a c<b+0": each step with what it works on, by name. */
function drawn(chain: readonly ChainStep[]): string {
  const name = (place: number) => chain[place - 1]?.id ?? "0";
  return chain
    .map(({ id, source, references }) => `${id}<${[source, ...references].map(name).join("+")}`)
    .join(" ");
}

const line = [step("a", 0), step("b", 1), step("c", 2), step("d", 2, [1])];

describe("edits", () => {
  test.each([
    ["a new step works on the last output", addStep(line, { id: "e" }), "a<0 b<a c<b d<b+a e<d", []],
    [
      "a new step in the middle moves places, not meanings",
      addStep(line, { id: "e" }, 1),
      "a<0 e<a b<a c<b d<b+a",
      [],
    ],
    ["a copy works on the same picture", duplicateStep(line, 2, "e"), "a<0 b<a e<a c<b d<b+a", []],
    ["who worked on a removed step works on its source", removeStep(line, 2), "a<0 c<a d<a", [2, 3]],
    ["removing the first gives the original", removeStep(line, 1), "b<0 c<b d<b+0", [1, 3]],
    ["moving back keeps what still comes before", moveStep(line, 4, 3), "a<0 b<a d<b+a c<b", []],
    ["what would come too late is taken from the one before", moveStep(line, 1, 2), "b<0 a<0 c<b d<b+a", [1]],
    ["the only step stays", removeStep([step("a", 0)], 1), "a<0", []],
  ])("%s", (_, { chain, repointed }, expected, changed) => {
    expect(drawn(chain)).toBe(expected);
    expect(repointed).toEqual(changed);
  });

  test("an eighth step is not added, and the server refuses it", () => {
    const full = Array.from({ length: 7 }, (_, at) => step(randomUUID(), at));
    expect(addStep(full, { id: randomUUID() }).chain).toHaveLength(7);
    const refused = chainSchema.safeParse([...full, step(randomUUID(), 7)]);
    expect(refused.error?.issues[0]?.message).toContain("at most 7 steps");
  });

  test("a step that works on itself or a later one is refused by name", () => {
    const chain = [step(randomUUID(), 0), step(randomUUID(), 2)];
    expect(chainSchema.safeParse(chain).error?.issues[0]?.message).toContain("Step 2 can't use step 2");
  });

  test("whatever is done in whatever order is a chain the server takes, and repeats nothing", () => {
    const edit = fc.record({
      kind: fc.constantFrom("add", "copy", "remove", "move", "point"),
      a: fc.nat(6),
      b: fc.nat(6),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
        let chain = [step(randomUUID(), 0)];
        for (const { kind, a, b } of edits) {
          const place = (a % chain.length) + 1;
          const to = (b % chain.length) + 1;
          if (kind === "add") chain = addStep(chain, { id: randomUUID() }, place).chain;
          if (kind === "copy") chain = duplicateStep(chain, place, randomUUID()).chain;
          if (kind === "remove") chain = removeStep(chain, place).chain;
          if (kind === "move") chain = moveStep(chain, place, to).chain;
          if (kind === "point")
            chain = replaceStep(chain, place, { source: b % place, references: [a % place] }).chain;
          expect(chainSchema.safeParse(chain).error).toBeUndefined();
        }
      }),
    );
  });
});

test("a later writer is told what the other one changed", () => {
  const saved = [
    { ...step("b", 0), prompt: "Make it\n red" },
    { ...step("a", 1), enabled: false },
    step("x", 2),
  ];
  expect(describeChanges(saved, [step("a", 0), step("b", 1)])).toBe(
    "step 1 was your step 2 and reads “Make it red” and works on the original, step 2 was your step 1 and works on step 1 and is switched off, step 3 (“x”) is new",
  );
  expect(describeChanges([step("a", 0)], [step("a", 0), step("b", 1)])).toBe("your step 2 is not in it");
});
