import { type InputRow, type InputTuple, unpackInput } from "@/lib/inputs/wire";
import { type ItemRow, type ItemTuple, unpackItem } from "@/lib/items/wire";
import type { ChangesAnswer, RowsAnswer, SessionPulse, SessionView } from "@/lib/sessions/wire";

/** How the page stands to the server. `gone`: deleted meanwhile. */
export type Connection = "live" | "reconnecting" | "signed-out" | "gone";

/** All a session page holds. Rows that did not change keep their identity from one state to the next. */
export type FeedState = {
  pulse: SessionPulse;
  cursor: number;
  inputs: ReadonlyMap<string, InputRow>;
  items: ReadonlyMap<string, ItemRow>;
  /** Ids by position. The arrays are new only when a row came. */
  inputOrder: readonly string[];
  itemOrder: readonly string[];
  /** Place in line of every queued item of this session, from 1. */
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
    itemOrder: [],
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
  return mergeRows({ ...state, cursor: first ? answer.cursor : state.cursor, nextPage: answer.next }, answer);
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
  return mergeRows({ ...state, pulse: pulseOf(view) }, view.first);
}

function mergeRows(
  state: FeedState,
  { inputs, items }: { inputs: readonly InputTuple[]; items: readonly ItemTuple[] },
): FeedState {
  const nextInputs = merge(state.inputs, inputs.map(unpackInput));
  const nextItems = merge(state.items, items.map(unpackItem));
  return {
    ...state,
    inputs: nextInputs,
    items: nextItems,
    inputOrder: orderOf(state.inputOrder, nextInputs),
    itemOrder: orderOf(state.itemOrder, nextItems),
    line: nextItems === state.items ? state.line : lineOf(nextItems),
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
  const queued = [...items.values()].filter((item) => item.status === "queued");
  queued.sort((a, b) => a.position - b.position);
  return new Map(queued.map((item, index) => [item.id, index + 1]));
}

function pulseOf(answer: SessionPulse): SessionPulse {
  const { state, pauseReason, counts, spend, maybeSpend, reserved, budget, etaMs, slots, chainVersion } =
    answer;
  return { state, pauseReason, counts, spend, maybeSpend, reserved, budget, etaMs, slots, chainVersion };
}

function samePulse(a: SessionPulse, b: SessionPulse): boolean {
  return JSON.stringify(pulseOf(a)) === JSON.stringify(pulseOf(b));
}
