import { expect, it, vi } from "vitest";
import type { Pixels } from "@/lib/images/pixels";
import { knownOr } from "./seen-before";
import type { Subject } from "./types";

const picture = (shade: number, width = 4, height = 2): Pixels => ({
  data: new Uint8Array(width * height * 4).fill(shade),
  width,
  height,
});

function looking({ width, height }: Pixels) {
  return vi.fn(
    async (): Promise<Subject> => ({
      mask: { data: new Uint8Array(width * height).fill(200), width, height },
      box: { x: 0, y: 0, width, height },
      confidence: 0.7,
      touches: { top: false, right: false, bottom: true, left: false },
    }),
  );
}

it("looks once at the same pixels, and gives each caller a mask of its own", async () => {
  const find = looking(picture(1));
  const first = await knownOr(picture(1), find);
  const expected = structuredClone(first);
  first.mask.data.fill(0);
  const second = await knownOr(picture(1), find);
  expect(second).toEqual(expected);
  second.mask.data.fill(0);
  expect(await knownOr(picture(1), find)).toEqual(expected);
  expect(find).toHaveBeenCalledTimes(1);
});

it("looks again at other pixels and at another shape of the same bytes", async () => {
  const find = looking(picture(2));
  for (const pixels of [picture(2), picture(3), picture(2, 2, 4)]) await knownOr(pixels, find);
  expect(find).toHaveBeenCalledTimes(3);
});

it("keeps nothing of a look that failed", async () => {
  const failing = async () => Promise.reject(new Error("no memory"));
  await expect(knownOr(picture(4), failing)).rejects.toThrow("no memory");
  const find = looking(picture(4));
  await knownOr(picture(4), find);
  expect(find).toHaveBeenCalledTimes(1);
});

it("forgets the picture that was asked about longest ago when the masks grow beyond 24 MB", async () => {
  const large = (shade: number) => picture(shade, 4000, 2500);
  const finds = [5, 6, 7].map((shade) => looking(large(shade)));
  const ask = async (at: number) => knownOr(large(5 + at), finds[at] ?? looking(large(0)));
  for (const at of [0, 1, 0, 2, 0, 1]) await ask(at);
  expect(finds.map((find) => find.mock.calls.length)).toEqual([1, 2, 1]);
});

it("does not keep a mask that is larger than all of that", async () => {
  const huge = picture(9, 5000, 5000);
  const find = looking(huge);
  await knownOr(huge, find);
  await knownOr(huge, find);
  expect(find).toHaveBeenCalledTimes(2);
});
