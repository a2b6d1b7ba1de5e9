import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planRun, type RunRequest } from "./plan-run";
import {
  type Cell,
  type CellState,
  type Cells,
  isGood,
  isOpen,
  settleChain,
  type WiredStep,
} from "./settle-chain";
import { endsOf, needsOf, wireChain } from "./wire-chain";

type Draft = { source: number; references: number[]; enabled: boolean; words: string };

function wired(drafts: readonly Draft[]): WiredStep[] {
  const wiring = wireChain(drafts);
  return drafts.map(({ enabled, words }, at) => ({ enabled, fingerprint: words, fedBy: wiring[at] ?? [0] }));
}

const step = (over: Partial<Draft> = {}): Draft => ({
  source: 0,
  references: [],
  enabled: true,
  words: "a",
  ...over,
});
const line = (length: number) =>
  Array.from({ length }, (_, at) => step({ source: at, words: `step ${at + 1}` }));

function made(attemptId: string, fedBy: string[], fingerprint: string): Cell {
  return {
    status: "completed",
    ready: true,
    stale: false,
    needs: null,
    shown: { attemptId, fingerprint, fedBy },
  };
}
const cell = (status: Cell["status"], over: Partial<Cell> = {}): Cell => ({
  status,
  ready: true,
  stale: false,
  needs: null,
  shown: null,
  ...over,
});

describe("wiring", () => {
  test("a disabled step hands on what it would have worked on, however many stand in a row", () => {
    const drafts = [
      step(),
      step({ source: 1, enabled: false }),
      step({ source: 2, enabled: false }),
      step({ source: 3, references: [1, 0, 2] }),
    ];
    expect(wireChain(drafts)).toEqual([[0], [1], [1], [1, 0]]);
  });

  test("the ends of a chain are the enabled steps that feed no enabled one", () => {
    const drafts = [step(), step({ source: 1 }), step({ source: 1 }), step({ source: 3, enabled: false })];
    expect(endsOf(wired(drafts))).toEqual([2, 3]);
  });
});

describe("what may run", () => {
  test.each<[string, Cells, Partial<CellState>[]]>([
    [
      "the first may, the others wait",
      [cell("queued"), cell("queued"), cell("queued")],
      [{ ready: true }, { status: "queued", ready: false }, { status: "queued", ready: false }],
    ],
    [
      "a result lets the next one run",
      [made("1", [], "step 1"), cell("queued", { ready: false }), cell("queued", { ready: false })],
      [{ status: "completed" }, { ready: true }, { ready: false }],
    ],
    [
      "a failure stops all that need it, and names itself",
      [made("1", [], "step 1"), cell("failed"), cell("queued", { ready: false })],
      [{}, { status: "failed" }, { status: "unmet", needs: 2 }],
    ],
    [
      "the first cause is named through steps that were not run",
      [cell("blocked"), cell("queued"), cell("queued")],
      [{}, { status: "unmet", needs: 1 }, { status: "unmet", needs: 1 }],
    ],
    [
      "a retry brings back what it stopped",
      [cell("queued"), cell("unmet", { needs: 1 }), cell("unmet", { needs: 1 })],
      [{ ready: true }, { status: "queued", ready: false }, { status: "queued", ready: false }],
    ],
    [
      "a result of other words is out of date, and so is what was made from it",
      [made("1", [], "old words"), made("2", ["1"], "step 2"), made("3", ["2"], "step 3")],
      [{ stale: true }, { stale: true }, { stale: true }],
    ],
    [
      "a new result of a step leaves what came after it out of date",
      [made("1b", [], "step 1"), made("2", ["1"], "step 2"), made("3", ["2"], "step 3")],
      [{ stale: false }, { stale: true }, { stale: true }],
    ],
    [
      "nothing runs on what is out of date",
      [made("1", [], "old words"), cell("queued"), null],
      [{ stale: true }, { status: "unmet", needs: 1 }],
    ],
    [
      "an older result is kept where a regeneration can't run",
      [
        cell("failed"),
        cell("queued", { shown: { attemptId: "2", fingerprint: "step 2", fedBy: ["1"] } }),
        null,
      ],
      [{}, { status: "completed", stale: true }],
    ],
  ])("%s", (_, cells, expected) => {
    const after = settleChain(wired(line(3)), cells);
    for (const [at, want] of expected.entries()) expect(after[at], `step ${at + 1}`).toMatchObject(want);
  });
});

describe("what a run makes", () => {
  const good = [made("1", [], "step 1"), made("2", ["1"], "step 2"), made("3", ["2"], "step 3")];
  test.each<[string, Cells, RunRequest, { places: number[]; anew: number[] }]>([
    ["all, at first", [null, null, null], { kind: "all" }, { places: [1, 2, 3], anew: [] }],
    ["all, when all is up to date", good, { kind: "all" }, { places: [], anew: [] }],
    ["one step again, alone", good, { kind: "step", place: 2 }, { places: [2], anew: [2] }],
    ["from one step on", good, { kind: "from", place: 2 }, { places: [2, 3], anew: [2, 3] }],
    [
      "one step and what it lacks",
      [null, null, null],
      { kind: "step", place: 2 },
      { places: [1, 2], anew: [] },
    ],
    [
      "from the failed one on, not from the first",
      [made("1", [], "step 1"), cell("failed"), cell("unmet")],
      { kind: "all" },
      { places: [2, 3], anew: [] },
    ],
    [
      "nothing that is under way",
      [cell("running"), cell("queued"), null],
      { kind: "all" },
      { places: [3], anew: [] },
    ],
  ])("%s", (_, cells, request, expected) => {
    expect(planRun(wired(line(3)), cells, request)).toEqual(expected);
  });
});

// A world of one input: people ask, edit and choose, results come and fail, in any order.

type Action =
  | { kind: "run"; what: "all" | "step" | "from"; at: number }
  | { kind: "begin"; at: number }
  | { kind: "end"; at: number; fails: boolean }
  | { kind: "words"; at: number; words: string }
  | { kind: "point"; at: number; source: number; reference: number | null }
  | { kind: "switch"; at: number }
  | { kind: "choose"; at: number };

const at = fc.nat(6);
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    kind: fc.constant("run" as const),
    what: fc.constantFrom("all" as const, "step" as const, "from" as const),
    at,
  }),
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("begin" as const), at }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("end" as const), at, fails: fc.boolean() }) },
  fc.record({ kind: fc.constant("words" as const), at, words: fc.constantFrom("a", "b") }),
  fc.record({ kind: fc.constant("point" as const), at, source: at, reference: fc.option(at) }),
  fc.record({ kind: fc.constant("switch" as const), at }),
  fc.record({ kind: fc.constant("choose" as const), at }),
);

class World {
  readonly drafts: Draft[];
  cells: (Cell | null)[];
  private readonly begun = new Map<number, { fingerprint: string; fedBy: string[] }>();
  private readonly all = new Map<number, NonNullable<Cell["shown"]>[]>();
  private count = 0;

  constructor(length: number) {
    this.drafts = line(length);
    this.cells = this.drafts.map(() => null);
  }

  get steps(): WiredStep[] {
    return wired(this.drafts);
  }

  do(one: Action): void {
    const place = (one.at % this.drafts.length) + 1;
    this.act(place, one);
    this.settle();
  }

  private act(place: number, one: Action): void {
    if (one.kind === "run") this.run(place, one);
    if (one.kind === "begin") this.begin(place);
    if (one.kind === "end") this.end(place, one);
    if (one.kind === "words") this.words(place, one);
    if (one.kind === "point") this.point(place, one);
    if (one.kind === "switch") this.toggle(place);
    if (one.kind === "choose") this.choose(place);
  }

  /** Begins and ends whatever may run until nothing does; answers how often something ran. */
  finish(): number {
    let runs = 0;
    for (;;) {
      const ready = this.cells.findIndex((one) => one?.status === "queued" && one.ready) + 1;
      const running = this.cells.findIndex((one) => one?.status === "running") + 1;
      if (ready > 0) {
        this.begin(ready);
        runs += 1;
      } else if (running > 0) this.end(running, { fails: false });
      else return runs;
      this.settle();
      if (runs > 100) throw new Error("it never ends");
    }
  }

  private settle(): void {
    const after = settleChain(this.steps, this.cells);
    this.cells = this.cells.map((one, index) => (one && after[index] ? { ...one, ...after[index] } : one));
    expect(settleChain(this.steps, this.cells)).toEqual(
      this.cells.map(
        (one) => one && { status: one.status, ready: one.ready, stale: one.stale, needs: one.needs },
      ),
    );
  }

  private run(place: number, { what }: { what: "all" | "step" | "from" }): void {
    const request = what === "all" ? { kind: what } : { kind: what, place };
    const { places } = planRun(this.steps, this.cells, request);
    for (const wanted of places) {
      const before = this.cells[wanted - 1];
      expect(isOpen(before)).toBe(false);
      this.cells[wanted - 1] = { ...(before ?? cell("queued")), status: "queued", ready: false };
    }
  }

  private begin(place: number): void {
    const one = this.cells[place - 1];
    const now = this.steps[place - 1];
    if (!one || !now || one.status !== "queued" || !one.ready) return;
    const needs = needsOf(now.fedBy).map((need) => this.cells[need - 1]);
    expect(now.enabled).toBe(true);
    // Said without the scheduler's own words for it.
    expect(needs.every((need) => need?.status === "completed" && need.shown && !need.stale)).toBe(true);
    this.begun.set(place, {
      fingerprint: now.fingerprint,
      fedBy: needs.flatMap((need) => need?.shown?.attemptId ?? []),
    });
    this.cells[place - 1] = { ...one, status: "running" };
  }

  private end(place: number, { fails }: { fails: boolean }): void {
    const one = this.cells[place - 1];
    const begun = this.begun.get(place);
    if (one?.status !== "running" || !begun) return;
    this.count += 1;
    const shown = fails ? one.shown : { attemptId: `${this.count}`, ...begun };
    if (shown && !fails) this.all.set(place, [...(this.all.get(place) ?? []), shown]);
    this.cells[place - 1] = { ...one, status: shown ? "completed" : "failed", shown };
  }

  private words(place: number, { words }: { words: string }): void {
    const draft = this.drafts[place - 1];
    if (draft) draft.words = words;
  }

  private point(place: number, { source, reference }: { source: number; reference: number | null }): void {
    const draft = this.drafts[place - 1];
    if (!draft) return;
    draft.source = source % place;
    draft.references = reference === null ? [] : [reference % place];
  }

  private toggle(place: number): void {
    const draft = this.drafts[place - 1];
    if (draft) draft.enabled = !draft.enabled;
  }

  private choose(place: number): void {
    const one = this.cells[place - 1];
    const [first] = this.all.get(place) ?? [];
    if (one?.shown && first) this.cells[place - 1] = { ...one, shown: first };
  }
}

test("whatever people and models do: nothing runs on a stale or missing picture, each run ends, and all comes up to date", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), fc.array(action, { maxLength: 60 }), (length, actions) => {
      const world = new World(length);
      for (const one of actions) world.do(one);
      world.finish();
      expect(world.cells.some(isOpen)).toBe(false);
      world.do({ kind: "run", what: "all", at: 0 });
      const asked = world.cells.filter(isOpen).length;
      expect(world.finish()).toBe(asked);
      const enabled = world.drafts.flatMap((draft, index) => (draft.enabled ? [world.cells[index]] : []));
      expect(enabled.every(isGood)).toBe(true);
      expect(planRun(world.steps, world.cells, { kind: "all" }).places).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});
