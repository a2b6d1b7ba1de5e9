import { UnrecognizedActionError } from "next/dist/client/components/unrecognized-action-error";
import { expect, test } from "vitest";
import { answered } from "./use-item-actions";

test("an answer is handed on; what never came, and what an old page asks a newer server, are told apart", async () => {
  const fine = { ok: true, value: 1 } as const;
  expect(await answered(Promise.resolve(fine))).toEqual(fine);
  const wordsFor = async (error: Error) => {
    const told = await answered(Promise.reject(error));
    return told.ok ? "" : told.words;
  };
  expect(await wordsFor(new TypeError("fetch failed"))).toContain("does not answer");
  expect(await wordsFor(new UnrecognizedActionError("not found"))).toContain("reload the page");
});
