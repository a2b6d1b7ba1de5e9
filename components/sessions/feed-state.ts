import { type InputRow, type InputTuple, unpackInput } from "@/lib/inputs/wire";
import { type ItemRow, type ItemTuple, unpackItem } from "@/lib/items/wire";
import type { ChangesAnswer, RowsAnswer, SessionPulse, SessionView } from "@/lib/sessions/wire";
import type { ChainAnswer } from "@/lib/steps/types";
import { type Chains, chainsOf, type SheetRow, withRows } from "./chain-rows";

/** How the page stands to the server. `gone`: deleted meanwhile. */
export type Connection = "live" | "reconnecting" | "signed-out" | "gone";

/** All a session page holds. Rows that did not change keep their identity from one state to the next. */
export type FeedState = {
  pulse: SessionPulse;
  cursor: number;
  inputs: ReadonlyMap<string, InputRow>;
  items: ReadonlyMap<string, ItemRow>;
  /** Ids by position. The arrays are new only when a row came. Tiles are items; inputs where there is a chain. */
  inputOrder: readonly string[];
  tileOrder: readonly string[];
  /** Its steps as this page knows them; another page's edit comes with a higher `pulse.chainVersion`. */
  chain: ChainAnswer;
  /** Results by input; null where the session has one step. */
  chains: Chains | null;
  /** Items that a reading of all rows has not met again: they are of steps no more in the chain. Null: none is on. */
  unseen: ReadonlySet<string> | null;
  /** Place in line of every queued item of this session that waits for no batch, from 1. */
  line: ReadonlyMap<string, number>;
  /** Page of rows to load next (its `after`); undefined: the first; null: all rows are here. */
  nextPage: number | null | undefined;
  connection: Connection;
  /** Server clock minus this computer's, ms. */
  clockOffsetMs: number;
  /** When the server last answered, by this computer's clock, ms. */
  answeredAt: number;
};

const EMPTY = new Map<string, never>();

export function initialState(view: SessionView, now: number): FeedState {
  const start: FeedState = {
    pulse: pulseOf(view),
    cursor: view.cursor,
    inputs: EMPTY,
    items: EMPTY,
    inputOrder: [],
    tileOrder: [],
    chain: chainOf(view),
    chains: null,
    unseen: null,
    line: EMPTY,
    nextPage: view.first.next,
    connection: "live",
    clockOffsetMs: 0,
    answeredAt: now,
  };
  return mergeRows(start, view.first);
}

/** A page of rows. The cursor stays that of the first page: changes after it cover what later pages missed. */
export function applyRows(state: FeedState, answer: RowsAnswer): FeedState {
  const first = state.nextPage === undefined;
  const cursor = first ? answer.cursor : state.cursor;
  return sweep(mergeRows({ ...state, cursor, nextPage: answer.next }, answer), answer);
}

/** The chain as it is now. Places of results may have changed, and some be gone: all rows are read again. */
export function applyChain(state: FeedState, chain: ChainAnswer): FeedState {
  if (chain.chainVersion <= state.chain.chainVersion) return state;
  const unseen = new Set(state.items.keys());
  return derive({ ...state, chain, chains: null, tileOrder: [], nextPage: undefined, unseen }, []);
}

/** Takes out, after the last page, what no page had. */
function sweep(state: FeedState, answer: RowsAnswer): FeedState {
  if (state.unseen === null) return state;
  const unseen = new Set(state.unseen);
  for (const [id] of answer.items) unseen.delete(id);
  if (answer.next !== null) return { ...state, unseen };
  const items = new Map([...state.items].filter(([id]) => !unseen.has(id)));
  return derive({ ...state, unseen: null, items, chains: null, tileOrder: [] }, []);
}

/** An answer of the changes route. `reset` keeps what is shown and has the rows loaded again. */
export function applyChanges(state: FeedState, answer: ChangesAnswer): FeedState {
  const pulse = samePulse(state.pulse, answer) ? state.pulse : pulseOf(answer);
  if (answer.reset) return { ...state, pulse, nextPage: undefined };
  return mergeRows({ ...state, pulse, cursor: Math.max(state.cursor, answer.cursor) }, answer);
}

/** The server rendered the page again, at a state at least as new. */
export function adoptView(state: FeedState, view: SessionView): FeedState {
  if (view.cursor < state.cursor) return state;
  return mergeRows(applyChain({ ...state, pulse: pulseOf(view) }, chainOf(view)), view.first);
}

/**
 * The result that a tile shows. With several steps a tile is an input, and `place` the step it shows; with one step it
 * is an item, and `place` is null.
 */
export function tileOf(
  { chains, items }: Pick<FeedState, "chains" | "items">,
  id: string,
  place: number | null,
): SheetRow | undefined {
  return chains && place !== null ? chains.byInput.get(id)?.rows[place - 1] : items.get(id);
}

function mergeRows(
  state: FeedState,
  { inputs, items }: { inputs: readonly InputTuple[]; items: readonly ItemTuple[] },
): FeedState {
  const nextInputs = merge(state.inputs, inputs.map(unpackInput));
  const changed = items.map(unpackItem);
  const nextItems = merge(state.items, changed);
  const next = {
    ...state,
    inputs: nextInputs,
    items: nextItems,
    inputOrder: orderOf(state.inputOrder, nextInputs),
  };
  return nextItems === state.items ? next : derive(next, changed);
}

/** What follows from the items. */
function derive(state: FeedState, changed: readonly ItemRow[]): FeedState {
  const { items, chain, chains } = state;
  // While places change, what was built from the old ones is not built upon.
  const fresh = chains === null || state.unseen !== null;
  const nextChains = fresh ? chainsOf(items, chain.steps) : withRows(chains, changed, chain.steps);
  return {
    ...state,
    chains: nextChains,
    tileOrder: nextChains ? nextChains.order : orderOf(state.tileOrder, items),
    line: nextChains ? lineOfChains(nextChains) : lineOf(items),
  };
}

function merge<Row extends { id: string }>(rows: ReadonlyMap<string, Row>, changed: readonly Row[]) {
  if (changed.length === 0) return rows;
  const next = new Map(rows);
  for (const row of changed) next.set(row.id, row);
  return next;
}

function orderOf<Row extends { id: string; position: number }>(
  order: readonly string[],
  rows: ReadonlyMap<string, Row>,
): readonly string[] {
  // Positions never change, so only a new row can change the order.
  if (rows.size === order.length) return order;
  return [...rows.values()].sort((a, b) => a.position - b.position).map((row) => row.id);
}

function lineOf(items: ReadonlyMap<string, ItemRow>): ReadonlyMap<string, number> {
  const queued = [...items.values()].filter(({ status, lane }) => status === "queued" && lane === "live");
  queued.sort((a, b) => a.position - b.position);
  return new Map(queued.map((item, index) => [item.id, index + 1]));
}

/** What waits for an earlier step is not in line yet. */
function lineOfChains({ byInput, order }: Chains): ReadonlyMap<string, number> {
  const line = new Map<string, number>();
  for (const inputId of order) {
    for (const id of byInput.get(inputId)?.inLine ?? []) line.set(id, line.size + 1);
  }
  return line;
}

function chainOf({ chainVersion, steps }: SessionView): ChainAnswer {
  return { chainVersion, steps };
}

function pulseOf(answer: SessionPulse): SessionPulse {
  const {
    state,
    pauseReason,
    counts,
    spend,
    maybeSpend,
    reserved,
    budget,
    etaMs,
    slots,
    batches,
    chainVersion,
  } = answer;
  return {
    state,
    pauseReason,
    counts,
    spend,
    maybeSpend,
    reserved,
    budget,
    etaMs,
    slots,
    batches,
    chainVersion,
  };
}

function samePulse(a: SessionPulse, b: SessionPulse): boolean {
  return JSON.stringify(pulseOf(a)) === JSON.stringify(pulseOf(b));
}
