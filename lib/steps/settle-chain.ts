import type { ItemStatus } from "@/db/schema/items";
import { needsOf } from "./wire-chain";

/** A step as the scheduler sees it; its place is its index + 1. */
export type WiredStep = { enabled: boolean; fedBy: readonly number[]; fingerprint: string };

export type CellState = {
  status: ItemStatus;
  /** What it works on is there. */
  ready: boolean;
  /** Its result was made with what is not its step's any more. */
  stale: boolean;
  /** Place of the step that has nothing to give it. */
  needs: number | null;
};

/** One step of one input. */
export type Cell = CellState & {
  /** The result it has, with what it was made from; null without one. */
  shown: { attemptId: string; fingerprint: string | null; fedBy: readonly string[] } | null;
};

/** The cells of one input by place; null where a step has never been run. */
export type Cells = readonly (Cell | null)[];

const OPEN: readonly ItemStatus[] = ["queued", "running", "waiting"];
const DONE: readonly ItemStatus[] = ["completed", "reused"];

export function isOpen(cell: CellState | null | undefined): boolean {
  return cell != null && OPEN.includes(cell.status);
}

/** It has a result that later steps may work on. */
export function isGood(cell: CellState | null | undefined): boolean {
  return cell != null && DONE.includes(cell.status) && !cell.stale;
}

/**
 * What the cells of one input are once something changed: which may run, which wait, which can't run because an
 * earlier step has nothing to give, which results are out of date. Doing it again changes nothing.
 */
export function settleChain(steps: readonly WiredStep[], cells: Cells): (CellState | null)[] {
  const after: (CellState | null)[] = [];
  for (const [at, step] of steps.entries()) {
    const cell = cells[at] ?? null;
    after.push(cell && settleCell(step, cell, { cells, after }));
  }
  return after;
}

type Earlier = { cells: Cells; after: readonly (CellState | null)[] };

function settleCell(step: WiredStep, cell: Cell, { cells, after }: Earlier): CellState {
  const needs = needsOf(step.fedBy);
  const stale = isStale(step, cell, { cells, after });
  const same = { status: cell.status, ready: cell.ready, stale, needs: null };
  if (cell.status !== "queued" && cell.status !== "waiting" && cell.status !== "unmet") return same;
  if (!step.enabled) return { ...same, status: calledOff(cell), ready: true };
  const lacking = needs.find((place) => !isGood(after[place - 1]) && !isOpen(after[place - 1]));
  if (lacking !== undefined) {
    // The first cause is the one to do something about.
    const cause = after[lacking - 1]?.needs ?? lacking;
    const kept = cell.shown !== null;
    return { ...same, status: kept ? "completed" : "unmet", ready: true, needs: kept ? null : cause };
  }
  if (needs.some((place) => isOpen(after[place - 1]))) {
    return { ...same, status: cell.status === "waiting" ? "waiting" : "queued", ready: false };
  }
  return { ...same, ready: true };
}

/** A result from before stays; without one there is nothing to show. */
function calledOff(cell: Cell): ItemStatus {
  if (cell.status === "unmet") return "unmet";
  return cell.shown ? "completed" : "cancelled";
}

function isStale(step: WiredStep, { shown }: Cell, { cells, after }: Earlier): boolean {
  if (!shown) return false;
  if (shown.fingerprint !== null && shown.fingerprint !== step.fingerprint) return true;
  const needs = needsOf(step.fedBy);
  if (needs.some((place) => after[place - 1]?.stale)) return true;
  const feed = needs.map((place) => cells[place - 1]?.shown?.attemptId ?? null);
  return feed.length !== shown.fedBy.length || feed.some((id, at) => id !== shown.fedBy[at]);
}
