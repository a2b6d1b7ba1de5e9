import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { together } from "./together";

test("what is asked for during a run is served by the next one, together", async () => {
  const runs: string[][] = [];
  const ask = together(async (key, asked: readonly string[]) => {
    runs.push([key, ...asked]);
    await turn();
    return runs.length;
  });
  const answers = await Promise.all([ask("k", "a"), ask("k", "b"), ask("other", "x"), ask("k", "c")]);
  expect(runs).toEqual([
    ["k", "a"],
    ["other", "x"],
    ["k", "b", "c"],
  ]);
  expect([answers[0], answers[1], answers[3]]).toEqual([2, 3, 3]);
  expect(await ask("k", "d")).toBe(4);
});

test("a run that fails fails for those it served alone", async () => {
  const ask = together(async (_key, asked: readonly number[]) => {
    await turn();
    if (asked.includes(1)) throw new Error("away");
    return asked.length;
  });
  const answers = await Promise.allSettled([ask("k", 1), ask("k", 2), ask("k", 3)]);
  expect(answers.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
});
