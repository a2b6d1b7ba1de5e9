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

  test("gone back to, knows more than the page that is shown again, but for a name given elsewhere", async () => {
    const { draft } = keeper();
    draft.change({ prompt: "beach" });
    await draft.flush();
    await draft.rename("Autumn");
    expect(draft.knows({ draftVersion: 0, name: "Untitled" })).toBe(true);
    expect(draft.get()).toMatchObject({ prompt: "beach", name: "Autumn" });
    expect(draft.knows({ draftVersion: 1, name: "Spring" })).toBe(true);
    expect(draft.get().name).toBe("Spring");
    expect(draft.knows({ draftVersion: 2, name: "Spring" })).toBe(false);
  });

  describe("left before its saves were answered", () => {
    /** Saves as the server does: of a known version, or what is there already. */
    function server() {
      const row = { draftVersion: 7, prompt: "" };
      const arrive = ({ prompt, draftVersion }: { prompt: string; draftVersion: number }) => {
        if (draftVersion !== row.draftVersion && prompt !== row.prompt)
          return refused("conflict", "Elsewhere.");
        if (draftVersion === row.draftVersion) Object.assign(row, { prompt, draftVersion: draftVersion + 1 });
        return ok({ draftVersion: row.draftVersion });
      };
      const page = (save: DraftActions["save"]) => {
        const actions = { create: async () => ok({ id: "x" }), rename: async () => ok(), save };
        const start = { ...row, settings: DEFAULT_SETTINGS, name: "n", intent: "i", sessionId: "session" };
        return new DraftKeeper(start, actions);
      };
      return { row, arrive, page };
    }
    const never = new Promise<never>(() => {});

    test.each([
      ["before the next page was read", 0],
      ["after it was read", 1],
      ["after the next page sent it again", 2],
      ["after all was saved", 3],
      ["never", 4],
    ])(
      "goes on in the next page with all that was typed, when the first save arrives %s",
      async (_, when) => {
        const { row, arrive, page } = server();
        const first = page(() => never);
        first.change({ prompt: "one" });
        void first.flush();
        await vi.advanceTimersByTimeAsync(0);
        first.change({ prompt: "one two" });
        const left = first.left();
        if (!left) throw new Error("nothing was left");
        expect(left.unsaved.map(({ prompt }) => prompt)).toEqual(["one", "one two"]);
        const late = (now: number) => now === when && arrive({ prompt: "one", draftVersion: 7 });

        late(0);
        let sends = 0;
        const second = page(async (save) => {
          const answer = arrive(save);
          sends += 1;
          if (sends === 1) late(2);
          return answer;
        });
        late(1);
        expect(await second.takeOver(JSON.parse(JSON.stringify(left)))).toBe(true);
        late(3);
        second.change({ prompt: "one two three" });
        expect(await second.flush()).toBe(true);
        expect(row.prompt).toBe("one two three");
        expect(second.get()).toMatchObject({ prompt: "one two three", save: { kind: "saved" } });
        expect(second.left()).toMatchObject({ draft: { prompt: "one two three" }, unsaved: [] });
      },
    );

    test("shows what was saved between the moment the next page was read and the moment it came", async () => {
      const { row, arrive, page } = server();
      const save = async (given: Parameters<typeof arrive>[0]) => arrive(given);
      const [first, second] = [page(save), page(save)];
      expect(first.left()).toBeNull();
      first.change({ prompt: "one" });
      await first.flush();
      const left = first.left();
      if (!left) throw new Error("nothing was left");
      expect(left.unsaved).toEqual([]);
      await second.takeOver(left);
      expect(second.get().prompt).toBe("one");
      second.change({ prompt: "one two" });
      expect(await second.flush()).toBe(true);
      expect(row.prompt).toBe("one two");
      // A page that knows more already is not set back.
      const third = page(save);
      await third.takeOver(left);
      expect(third.get().prompt).toBe("one two");
    });

    test("does not overwrite what another tab saved in between, and is given up after that was said", async () => {
      const { row, arrive, page } = server();
      const first = page(() => never);
      first.change({ prompt: "mine" });
      const left = first.left();
      if (!left) throw new Error("nothing was left");
      arrive({ prompt: "theirs", draftVersion: 7 });
      const second = page(async (save) => arrive(save));
      expect(await second.takeOver(left)).toBe(false);
      expect(row.prompt).toBe("theirs");
      expect(second.get()).toMatchObject({ prompt: "mine", save: { kind: "failed", elsewhere: true } });
      expect(second.left()).toBeNull();
    });

    test("an answer that was lost on the way is not taken for another tab", async () => {
      const { row, arrive, page } = server();
      let lost = true;
      const draft = page(async (save) => {
        const answer = arrive(save);
        if (lost) throw new TypeError("network");
        return answer;
      });
      draft.change({ prompt: "one" });
      expect(await draft.flush()).toBe(false);
      draft.change({ prompt: "two" });
      lost = false;
      expect(await draft.flush()).toBe(true);
      expect(row).toEqual({ draftVersion: 9, prompt: "two" });
    });
  });
});
