import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ok, refused } from "@/lib/result";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { type ChainActions, ChainKeeper } from "./chain-keeper";
import { aStep } from "./testing/a-step";

type Saved = { prompts: (string | null)[]; chainVersion: number; withSettings: boolean };

/** A keeper of a chain of one step, over a server that takes every save whose version is its own. */
function keptChain(over: Partial<ChainActions> = {}) {
  const saves: Saved[] = [];
  const server = { chainVersion: 3, steps: [aStep("a", { prompt: "red" })] };
  const actions: ChainActions = {
    create: async () => ok({ id: "made" }),
    rename: async () => ok(),
    read: async () => ok({ ...server }),
    async save({ chainVersion, steps, settings }) {
      saves.push({
        prompts: steps.map(({ prompt }) => prompt),
        chainVersion,
        withSettings: settings !== undefined,
      });
      if (chainVersion !== server.chainVersion) return refused("conflict", "Step 1 was changed elsewhere.");
      server.chainVersion += 1;
      server.steps = steps;
      return ok({ chainVersion: server.chainVersion });
    },
    ...over,
  };
  const start = { name: "Bed", settings: DEFAULT_SETTINGS, intent: "intent", sessionId: "session" };
  const chain = new ChainKeeper({ ...start, steps: server.steps, chainVersion: 3 }, actions);
  const write = (prompt: string) => chain.change({ steps: [aStep("a", { prompt })] });
  /** Another tab. */
  const elsewhere = (prompt: string) => {
    server.steps = [aStep("a", { prompt }), aStep("b")];
    server.chainVersion += 1;
  };
  return { chain, write, elsewhere, saves, server };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("edits in a row are one save, each later one with the version of the one before", async () => {
  const { chain, write, saves } = keptChain();
  write("b");
  write("blue");
  await vi.advanceTimersByTimeAsync(600);
  write("green");
  await chain.flush();
  expect(saves).toEqual([
    { prompts: ["blue"], chainVersion: 3, withSettings: false },
    { prompts: ["green"], chainVersion: 4, withSettings: false },
  ]);
});

test("settings go along only where they were changed here", async () => {
  const { chain, write, saves } = keptChain();
  chain.change({ settings: { ...DEFAULT_SETTINGS, parallel: 1 } });
  await chain.flush();
  write("blue");
  await chain.flush();
  expect(saves.map(({ withSettings }) => withSettings)).toEqual([true, false]);
});

test("a chain another tab saved first is not overwritten, and nothing more is sent until one side is chosen", async () => {
  const { chain, write, elsewhere, saves, server } = keptChain();
  elsewhere("theirs");
  write("mine");
  expect(await chain.flush()).toBe(false);
  expect(chain.get().conflict).toBe("Step 1 was changed elsewhere.");
  write("mine, longer");
  expect(await chain.flush()).toBe(false);
  expect(saves).toHaveLength(1);
  expect(server.steps[0]?.prompt).toBe("theirs");
});

test("keeping mine saves it over the newest version", async () => {
  const { chain, write, elsewhere, server } = keptChain();
  elsewhere("theirs");
  write("mine");
  await chain.flush();
  expect(await chain.keepMine()).toBe(true);
  expect(chain.get().conflict).toBeNull();
  expect(server.steps.map(({ prompt }) => prompt)).toEqual(["mine"]);
});

test("taking theirs gives mine back, and brings nothing of it to the server", async () => {
  const { chain, write, elsewhere, saves } = keptChain();
  elsewhere("theirs");
  write("mine");
  await chain.flush();
  const mine = await chain.takeTheirs();
  expect(mine?.map(({ prompt }) => prompt)).toEqual(["mine"]);
  expect(chain.get()).toMatchObject({ conflict: null, savedOrder: ["a", "b"] });
  expect(await chain.flush()).toBe(true);
  expect(saves).toHaveLength(1);
});

test("a page with nothing unsaved follows another tab; one with edits keeps them", async () => {
  const { chain, write, elsewhere } = keptChain();
  elsewhere("theirs");
  expect(await chain.follow(4)).toBe(true);
  expect(chain.get().steps.map(({ prompt }) => prompt)).toEqual(["theirs", ""]);
  elsewhere("theirs again");
  write("mine");
  expect(await chain.follow(5)).toBe(false);
  expect(chain.get().steps[0]?.prompt).toBe("mine");
});

test("a server that is away keeps the words here, and they are saved on the next try", async () => {
  let away = true;
  const { chain, write } = keptChain({
    save: async () => {
      if (away) throw new TypeError("network");
      return ok({ chainVersion: 4 });
    },
  });
  write("blue");
  expect(await chain.flush()).toBe(false);
  expect(chain.get()).toMatchObject({ conflict: null, save: { kind: "failed", elsewhere: false } });
  away = false;
  expect(await chain.flush()).toBe(true);
});

test("without a session nothing is sent until one is asked for", async () => {
  const created: string[] = [];
  const save = vi.fn(async () => ok({ chainVersion: 1 }));
  const chain = new ChainKeeper(
    {
      name: "Bed",
      settings: DEFAULT_SETTINGS,
      intent: "intent",
      sessionId: null,
      steps: [aStep("a")],
      chainVersion: 0,
    },
    {
      create: async ({ steps }) => {
        created.push(steps.map(({ prompt }) => prompt).join());
        return ok({ id: "made" });
      },
      save,
      rename: async () => ok(),
      read: async () => refused("not_found", "gone"),
    },
  );
  chain.change({ steps: [aStep("a", { prompt: "red" })] });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(created).toEqual([]);
  expect(await Promise.all([chain.ensure(), chain.ensure()])).toEqual(["made", "made"]);
  expect(created[0]).toBe("red");
});
