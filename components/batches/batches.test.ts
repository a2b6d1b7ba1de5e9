import { describe, expect, test } from "vitest";
import type { SessionState } from "@/db/schema/sessions";
import type { BatchesAnswer, BatchView } from "@/lib/batches/types";
import { untriedRow } from "@/lib/items/wire";
import { batchWords, openBatches } from "./batch-words";
import { economyItems, mayGoNow } from "./economy-items";
import { momentWords } from "./moment-words";
import { type Move, movedWords, moveWords } from "./move-words";
import { aBatch } from "./testing/a-batch";

const NONE = { waiting: 0, inBatches: 0, leaving: 0 };

test.each([
  ["2026-11-21T14:02", "14:02"],
  ["2026-11-22T00:30", "00:30 tomorrow"],
  ["2026-11-20T23:59", "23:59 yesterday"],
  ["2026-11-23T09:05", "09:05 on 23 Nov"],
])("a moment is told by the day it lies in: %s", (at, words) => {
  const now = new Date("2026-11-21T13:00").getTime();
  expect(momentWords(new Date(at).getTime(), now)).toBe(words);
});

test("images are counted where they are in the lane; what came back from a batch is not to be moved any more", () => {
  const row = untriedRow({ id: "", inputId: "", position: 1, stepPosition: 1, lane: "economy" });
  const rows = [
    row,
    { ...row, status: "waiting" },
    { ...row, status: "running", batchedAt: 0 },
    { ...row, status: "running", batchedAt: 9 },
    { ...row, status: "running", batchedAt: 9, lane: "live" },
    { ...row, status: "running" },
    { ...row, status: "completed" },
    { ...row, lane: "live" },
  ] as const;
  expect(economyItems(rows)).toEqual({ waiting: 2, inBatches: 2, leaving: 1 });
  expect(rows.map(mayGoNow)).toEqual([true, true, true, true, false, false, false, false]);
});

describe("where the lane stands", () => {
  const said = (batches: BatchView[], items: Partial<typeof NONE> = {}, state: SessionState = "running") => {
    const words = batchWords({ batches, items: { ...NONE, ...items }, state, unit: "image" });
    return [words.now, words.rest].filter(Boolean).join(" ");
  };

  test("what the provider has done comes first, and the batch that ends first is the one that is due", () => {
    const batches = [aBatch({ done: 20, expiresAt: 300 }), aBatch({ lines: 180, done: 160, expiresAt: 200 })];
    expect(said(batches, { waiting: 60 })).toBe(
      "2 batches at the provider, 180 of 240 done. 60 images wait for the next batch.",
    );
    expect(batchWords({ batches, items: NONE, state: "running", unit: "image" }).due).toEqual({
      at: 200,
      words: "The first is due by",
    });
    const chain = { batches, items: { ...NONE, waiting: 6 }, state: "running", unit: "result" } as const;
    expect(batchWords(chain).rest).toBe("6 results wait for later batches.");
    expect(batchWords({ ...chain, batches: [] }).now).toBe("6 results wait for the next batch.");
    expect(said([aBatch({ done: 50, failed: 3 })])).toBe("1 batch at the provider, 50 of 60 done, 3 failed.");
  });

  test.each([
    [[aBatch({ state: "filling" })], {}, "running", "1 batch is being put together."],
    [[aBatch({ state: "ending" })], {}, "running", "The results of 1 batch are being stored."],
    [
      [aBatch({ cancelling: true })],
      { leaving: 2 },
      "running",
      "1 batch is being cancelled: what is made by then is kept and paid for. 2 images leave their batches and are made now.",
    ],
    [[], { waiting: 1 }, "running", "1 image waits for the next batch."],
    [[], { waiting: 2 }, "paused", "2 images wait."],
    [[aBatch({ state: "ending" })], {}, "finished", "Nothing is left in it."],
    [[aBatch({ state: "settled" })], {}, "running", "Nothing is left in it."],
  ] as const)("%#", (batches, items, state, words) => {
    expect(said([...batches], items, state)).toBe(words);
  });

  test("what went wrong is told of the newest batch only", () => {
    const wrong = aBatch({ state: "settled", words: "The provider could not read the order." });
    const troubleOf = (batches: BatchView[]) =>
      batchWords({ batches, items: NONE, state: "running", unit: "image" }).trouble;
    expect(troubleOf([wrong])).toBe("The provider could not read the order.");
    expect(troubleOf([aBatch(), wrong])).toBeNull();
    expect(openBatches([aBatch(), wrong, aBatch({ cancelling: true })])).toHaveLength(1);
  });
});

describe("moving to now", () => {
  const answer: BatchesAnswer = {
    batches: [aBatch(), aBatch()],
    waiting: 60,
    inBatches: 180,
    price: { min: 9_600_000, max: 9_600_000 },
  };
  const ALL: Move = { itemIds: "all" };
  const some = (count: number, inBatches: number): Move => ({
    itemIds: Array.from({ length: count }, (_, at) => String(at)),
    inBatches,
  });

  test("of all says what waits, what is cancelled and kept, and the whole price", () => {
    expect(moveWords(ALL, { answer, unit: "image" })).toEqual({
      title: "Go on now at the full price?",
      happens:
        "60 images wait for a batch and go on at once. 180 images are in 2 batches, which are cancelled at the provider: what is done by then is kept and paid for at half the price, the rest goes on now. Nothing is made twice.",
      button: "Go on now · $9.60",
      nothing: false,
    });
    const empty = { ...answer, waiting: 0, inBatches: 0 };
    expect(moveWords(ALL, { answer: empty, unit: "image" })).toMatchObject({ nothing: true });
  });

  test.each([
    [some(1, 0), "Make 1 image now at the full price?", "Make it now · $0.040", "It does not wait"],
    [some(1, 1), "Make 1 image now at the full price?", "Make it now · $0.040", "It is in a batch, which is"],
    [some(3, 1), "Make 3 images now at the full price?", "Make 3 images now · $0.120", "1 of them is in"],
    [
      some(3, 3),
      "Make 3 images now at the full price?",
      "Make 3 images now · $0.120",
      "They are in batches,",
    ],
  ])("of some costs their share: %#", (move, title, button, begins) => {
    const words = moveWords(move, { answer, unit: "image" });
    expect(words).toMatchObject({ title, button, nothing: false });
    expect(words.happens).toMatch(new RegExp(`^${begins}`));
    expect(moveWords(move, { answer: null, unit: "image" }).button).not.toContain("$");
  });

  test.each([
    [
      { moved: 60, leaving: 180 },
      "60 images go on now. 180 follow when the provider has cancelled their batches.",
    ],
    [{ moved: 1, leaving: 0 }, "1 image goes on now."],
    [{ moved: 0, leaving: 1 }, "1 image follows when the provider has cancelled its batch."],
    [{ moved: 0, leaving: 0 }, "Nothing is left in the half-price lane."],
  ])("is told when it is done: %j", (moved, words) => {
    expect(movedWords(moved, "image")).toBe(words);
  });
});
