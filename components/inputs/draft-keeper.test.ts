import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ok, refused } from "@/lib/result";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { type DraftActions, DraftKeeper } from "./draft-keeper";

type Saves = { prompt: string; draftVersion: number }[];

function keeper(over: Partial<DraftActions> = {}, sessionId: string | null = "session") {
  const saves: Saves = [];
  const created: string[] = [];
  const actions: DraftActions = {
    create: async ({ prompt }) => {
      created.push(prompt);
      return ok({ id: "made" });
    },
    save: async ({ prompt, draftVersion }) => {
      saves.push({ prompt, draftVersion });
      return ok({ draftVersion: draftVersion + 1 });
    },
    rename: async () => ok(),
    ...over,
  };
  const start = {
    prompt: "",
    settings: DEFAULT_SETTINGS,
    name: "Untitled",
    intent: "intent",
    draftVersion: 0,
  };
  return { draft: new DraftKeeper({ ...start, sessionId }, actions), saves, created };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("a draft", () => {
  test("is saved once, 600 ms after the last key", async () => {
    const { draft, saves } = keeper();
    draft.change({ prompt: "b" });
    await vi.advanceTimersByTimeAsync(500);
    draft.change({ prompt: "beach" });
    await vi.advanceTimersByTimeAsync(599);
    expect(saves).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(saves).toEqual([{ prompt: "beach", draftVersion: 0 }]);
    expect(draft.get().save.kind).toBe("saved");
  });

  test("that changes while it is saved is saved again with the new version", async () => {
    let release = () => {};
    const seen: Saves = [];
    const { draft } = keeper({
      save: async ({ prompt, draftVersion }) => {
        seen.push({ prompt, draftVersion });
        if (seen.length === 1) await new Promise<void>((resolve) => (release = resolve));
        return ok({ draftVersion: draftVersion + 1 });
      },
    });
    draft.change({ prompt: "one" });
    const first = draft.flush();
    await vi.advanceTimersByTimeAsync(0);
    draft.change({ prompt: "two" });
    release();
    await first;
    await draft.flush();
    expect(seen).toEqual([
      { prompt: "one", draftVersion: 0 },
      { prompt: "two", draftVersion: 1 },
    ]);
  });

  test("keeps its text and says so when the server is away, and saves on the next try", async () => {
    let away = true;
    const { draft } = keeper({
      save: async () => {
        if (away) throw new TypeError("network");
        return ok({ draftVersion: 1 });
      },
    });
    draft.change({ prompt: "beach" });
    expect(await draft.flush()).toBe(false);
    expect(draft.get()).toMatchObject({ prompt: "beach", save: { kind: "failed", elsewhere: false } });
    away = false;
    expect(await draft.flush()).toBe(true);
  });

  test("saved later in another tab is not overwritten", async () => {
    const { draft } = keeper({ save: async () => refused("conflict", "Another tab saved this draft.") });
    draft.change({ prompt: "beach" });
    expect(await draft.flush()).toBe(false);
    expect(draft.get().save).toEqual({
      kind: "failed",
      words: "Another tab saved this draft.",
      elsewhere: true,
    });
  });

  test("without a session makes one, once, with what was typed", async () => {
    const { draft, created, saves } = keeper({}, null);
    draft.change({ prompt: "beach" });
    const ids = await Promise.all([draft.ensure(), draft.ensure()]);
    expect(ids).toEqual(["made", "made"]);
    expect(created).toEqual(["beach"]);
    expect(saves.every(({ prompt }) => prompt === "beach")).toBe(true);
  });

  test("is not safe before its new name is", async () => {
    let release = () => {};
    const named = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { draft } = keeper({ rename: () => named.then(() => ok()) });
    const done: string[] = [];
    const renamed = draft.rename("Autumn").then(() => done.push("renamed"));
    const flushed = draft.flush().then(() => done.push("flushed"));
    release();
    await Promise.all([renamed, flushed]);
    expect(done).toEqual(["renamed", "flushed"]);
  });

  test("takes its old name back when renaming failed", async () => {
    const { draft } = keeper({ rename: async () => refused("bad_input", "Too long.") });
    expect(await draft.rename("x".repeat(200))).toBe(false);
    expect(draft.get().name).toBe("Untitled");
  });
});
