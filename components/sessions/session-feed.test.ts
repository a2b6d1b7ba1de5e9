import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { packInput } from "@/lib/inputs/wire";
import { type ItemRow, packItem, untriedRow } from "@/lib/items/wire";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import type { ChangesAnswer, SessionView } from "@/lib/sessions/wire";
import { pollDelay, retryDelay } from "./poll-delay";
import { startFeed } from "./session-feed";
import { createSessionStore } from "./session-store";

const counts = {
  queued: 3,
  running: 0,
  waiting: 0,
  completed: 0,
  reused: 0,
  failed: 0,
  blocked: 0,
  cancelled: 0,
  unmet: 0,
};
const money = { spend: 0, maybeSpend: 0, reserved: 0, budget: null };
const batches: SessionView["batches"] = [];
const pulse = {
  state: "running",
  pauseReason: null,
  counts,
  ...money,
  chainVersion: 0,
  slots: null,
  etaMs: null,
  batches,
} as const;

function item(position: number, over: Partial<ItemRow> = {}): ItemRow {
  const id = `item-${position}`;
  return untriedRow({ id, inputId: `input-${position}`, position, stepPosition: 1, ...over });
}

function view(next: number | null = null): SessionView {
  return {
    ...pulse,
    id: "session",
    kind: "bulk",
    name: "Autumn",
    prompt: "",
    settings: DEFAULT_SETTINGS,
    draftVersion: 0,
    steps: [],
    cursor: 10,
    startedAt: 0,
    finishedAt: null,
    createdAt: 0,
    updatedAt: 0,
    inputTotal: 3,
    first: { cursor: 10, inputs: [], items: [item(2), item(1)].map(packItem), next },
  };
}

function changes(over: Partial<ChangesAnswer>): ChangesAnswer {
  return { ...pulse, cursor: 11, nextMs: 1_000, reset: false, inputs: [], items: [], ...over };
}

type Answer = { status: number; body?: unknown };

/** Answers by path, in order; the last one stays. Records what was asked. */
function server(answers: Record<string, Answer[]>) {
  const asked: string[] = [];
  const ask: typeof fetch = async (url) => {
    const path = String(url).replace("/api/sessions/session/", "");
    asked.push(path);
    const list = answers[path.replace(/\?.*/, "")] ?? [];
    const answer = list.length > 1 ? list.shift() : list[0];
    if (!answer) throw new TypeError("network down");
    const init = { status: answer.status };
    return answer.status === 304
      ? new Response(null, init)
      : new Response(JSON.stringify(answer.body ?? {}), init);
  };
  return { ask, asked };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("state of a session page", () => {
  test("rows are ordered by position and queued ones know their place in line", () => {
    const store = createSessionStore(view());
    expect(store.get().tileOrder).toEqual(["item-1", "item-2"]);
    expect(store.get().line.get("item-2")).toBe(2);
  });

  test("a change renders only the rows it names", async () => {
    const store = createSessionStore(view());
    const before = store.get();
    const done = item(1, { status: "completed", imageId: "image" });
    const { ask } = server({ changes: [{ status: 200, body: changes({ items: [packItem(done)] }) }] });
    const feed = startFeed(store, { isHidden: () => false, ask });
    feed.poke();
    await vi.advanceTimersByTimeAsync(0);
    feed.stop();
    const after = store.get();
    expect(after.items.get("item-1")).toEqual(done);
    expect(after.items.get("item-2")).toBe(before.items.get("item-2"));
    expect(after.tileOrder).toBe(before.tileOrder);
    expect(after.pulse).toBe(before.pulse);
    expect(after.line.get("item-2")).toBe(1);
    expect(after.cursor).toBe(11);
  });
});

describe("the feed", () => {
  test("takes over a chain that was changed elsewhere, with all rows anew and without those of steps gone", async () => {
    const first = { id: "one", prompt: "", settings: null, source: 0, references: [], enabled: true };
    const store = createSessionStore({ ...view(), steps: [first] });
    expect(store.get().chains).toBeNull();
    const steps = [first, { ...first, id: "two", source: 1 }];
    const rows = [
      item(1, { status: "completed" }),
      item(1, { id: "second step", stepPosition: 2, status: "queued" }),
    ];
    const page = { cursor: 12, inputs: [], items: rows.map(packItem), next: null };
    const { ask, asked } = server({
      changes: [{ status: 200, body: changes({ chainVersion: 1 }) }, { status: 304 }],
      chain: [{ status: 200, body: { chainVersion: 1, steps } }],
      rows: [{ status: 200, body: page }],
    });
    const feed = startFeed(store, { isHidden: () => false, ask });
    feed.poke();
    await vi.advanceTimersByTimeAsync(10);
    feed.stop();
    expect(asked.slice(0, 4)).toEqual(["changes?since=10", "chain", "rows", "changes?since=12"]);
    const { chains, items, tileOrder, cursor } = store.get();
    expect(cursor).toBe(12);
    expect([...items.keys()]).toEqual(["item-1", "second step"]);
    expect(tileOrder).toEqual(["input-1"]);
    expect(chains?.byInput.get("input-1")?.rows.map(({ id }) => id)).toEqual(["item-1", "second step"]);
  });

  test("loads the remaining rows first and then asks from the cursor of the first page", async () => {
    const store = createSessionStore(view(2));
    const page = { cursor: 14, inputs: [], items: [packItem(item(3))], next: null };
    const { ask, asked } = server({
      rows: [{ status: 200, body: page }],
      changes: [{ status: 200, body: changes({}) }],
    });
    const feed = startFeed(store, { isHidden: () => false, ask });
    feed.poke();
    await vi.advanceTimersByTimeAsync(10);
    feed.stop();
    expect(asked).toEqual(["rows?after=2", "changes?since=10"]);
    expect(store.get().tileOrder).toHaveLength(3);
  });

  test("a reset loads the rows again and goes on from their cursor", async () => {
    const store = createSessionStore(view());
    const input = {
      id: "input-1",
      position: 1,
      state: "ready",
      name: "a.jpg",
      path: "",
      bytes: 1,
      width: 1,
      height: 1,
      imageId: null,
      alpha: false,
      thumbhash: null,
      promptMode: "inherit",
      promptStart: "",
      excluded: false,
      removed: false,
      refusal: null,
      notices: [],
      modified: null,
    } as const;
    const page = {
      cursor: 90,
      inputs: [packInput({ ...input, notices: [] })],
      items: [],
      next: null,
    };
    const { ask, asked } = server({
      changes: [
        { status: 200, body: changes({ reset: true, cursor: 80 }) },
        { status: 200, body: changes({ cursor: 90 }) },
      ],
      rows: [{ status: 200, body: page }],
    });
    const feed = startFeed(store, { isHidden: () => false, ask });
    feed.poke();
    await vi.advanceTimersByTimeAsync(10);
    feed.stop();
    expect(asked).toEqual(["changes?since=10", "rows", "changes?since=90"]);
    expect(store.get().inputs.get("input-1")?.name).toBe("a.jpg");
    expect(store.get().items.size).toBe(2);
  });

  test("asks nothing while hidden and at once when it comes back", async () => {
    const store = createSessionStore(view());
    let hidden = true;
    const { ask, asked } = server({ changes: [{ status: 304 }] });
    const feed = startFeed(store, { isHidden: () => hidden, ask });
    feed.poke();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(0);
    hidden = false;
    feed.poke();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toHaveLength(1);
    feed.stop();
  });

  test("asks once a minute while hidden when the end is to be told", async () => {
    const store = createSessionStore(view());
    const { ask, asked } = server({ changes: [{ status: 200, body: changes({}) }] });
    let hidden = false;
    const feed = startFeed(store, { isHidden: () => hidden, watches: () => true, ask });
    feed.poke();
    await vi.advanceTimersByTimeAsync(0);
    hidden = true;
    await vi.advanceTimersByTimeAsync(181_000);
    expect(asked).toHaveLength(5);
    feed.stop();
  });

  test("asks nothing by itself while its person stopped the news, and once for what they do", async () => {
    const store = createSessionStore(view());
    const { ask, asked } = server({ changes: [{ status: 200, body: changes({}) }] });
    let paused = true;
    const feed = startFeed(store, { isHidden: () => false, isPaused: () => paused, ask });
    feed.poke();
    await vi.advanceTimersByTimeAsync(60_000);
    const once = asked.length;
    feed.poke();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(once + 1);
    paused = false;
    feed.poke();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked.length).toBeGreaterThan(once + 3);
    feed.stop();
  });

  test("tells of a lost connection after two misses and recovers by itself", async () => {
    const store = createSessionStore(view());
    const answers: Record<string, Answer[]> = { changes: [{ status: 503 }] };
    const { ask } = server(answers);
    const feed = startFeed(store, { isHidden: () => false, ask });
    feed.poke();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.get().connection).toBe("live");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(store.get().connection).toBe("reconnecting");
    answers.changes = [{ status: 304 }];
    await vi.advanceTimersByTimeAsync(30_000);
    expect(store.get().connection).toBe("live");
    feed.stop();
  });

  test.each([
    [401, "signed-out"],
    [404, "gone"],
  ])("%i ends it as %s", async (status, connection) => {
    const store = createSessionStore(view());
    const { ask, asked } = server({ changes: [{ status }] });
    const feed = startFeed(store, { isHidden: () => false, ask });
    feed.poke();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(store.get().connection).toBe(connection);
    expect(asked).toHaveLength(1);
    feed.stop();
  });

  test("stops asking when nothing will change by itself", async () => {
    const store = createSessionStore(view());
    const { ask, asked } = server({ changes: [{ status: 200, body: changes({ nextMs: null }) }] });
    const feed = startFeed(store, { isHidden: () => false, ask });
    feed.poke();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(asked).toHaveLength(1);
    feed.stop();
  });
});

test("waits double up to 30 s and spread over their upper half", () => {
  expect([1, 2, 3, 4, 5, 9].map((n) => retryDelay(n, 1))).toEqual([2e3, 4e3, 8e3, 16e3, 30e3, 30e3]);
  expect(retryDelay(1, 0)).toBe(1_000);
  expect(pollDelay(1_000, 2)).toBe(1_000);
  expect(pollDelay(1_000, 3)).toBe(5_000);
  expect(pollDelay(15_000, 3)).toBe(15_000);
  expect(pollDelay(null, 0)).toBeNull();
});
