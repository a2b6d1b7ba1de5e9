import type { SessionState } from "@/db/schema/sessions";
import type { BatchView } from "@/lib/batches/types";
import type { InputTuple } from "@/lib/inputs/wire";
import type { ItemTuple } from "@/lib/items/wire";
import type { PriceRange } from "@/lib/models/types";
import type { ChainStep } from "@/lib/steps/types";
import type { ProviderSettings, SessionSettings } from "./types";

export type ItemCounts = {
  queued: number;
  running: number;
  waiting: number;
  completed: number;
  reused: number;
  failed: number;
  blocked: number;
  cancelled: number;
  /** Not run: an earlier step has no result. */
  unmet: number;
};

/** What changes about a session as a whole while it is looked at. */
export type SessionPulse = {
  state: SessionState;
  pauseReason: string | null;
  counts: ItemCounts;
  /** Micro-dollars, as are the next three. `spend` holds what was charged and what perhaps was. */
  spend: number;
  /** The part of `spend` that was perhaps charged. */
  maybeSpend: number;
  /** Worst price of the calls under way. */
  reserved: number;
  /** The session's stop; null: none. */
  budget: number | null;
  /** Estimated time left, ms; null when unknown. */
  etaMs: number | null;
  /** Version of its chain: another one than the page's was saved elsewhere. */
  chainVersion: number;
  /** The way to the provider; null where nothing is sent to one now. */
  slots: SessionSlots | null;
  /** Its batches at a provider that are open, or went wrong, newest first. */
  batches: BatchView[];
};

/** How calls get through to the provider, over all sessions that use the same connection. */
export type SessionSlots = {
  /** Calls under way. */
  running: number;
  /** When the next one may begin, ms since 1970; null when nothing limits it by time. */
  nextAt: number | null;
  blockedWhy: "rate_limited" | "overloaded" | "failing" | null;
  /** Images a minute; null: no rate. */
  ratePerMinute: number | null;
};

/** GET /api/sessions/:id/changes?since=N — 304 when nothing changed. */
export type ChangesAnswer = SessionPulse & {
  cursor: number;
  /** Ask again after this many ms; null: nothing will change by itself (ask on focus). */
  nextMs: number | null;
  /** Too much changed for one answer: load the rows again (GET rows), then go on from its cursor. */
  reset: boolean;
  inputs: InputTuple[];
  items: ItemTuple[];
};

/** GET /api/sessions/:id/rows?after=P — all rows by position, 1,000 inputs with their items a page. */
export type RowsAnswer = { cursor: number; inputs: InputTuple[]; items: ItemTuple[]; next: number | null };

/** Everything the session page needs for its first frame. */
export type SessionView = SessionPulse & {
  id: string;
  kind: "bulk" | "serial";
  name: string;
  /** The draft's, or the frozen ones once started. */
  prompt: string;
  settings: SessionSettings;
  draftVersion: number;
  steps: ChainStep[];
  cursor: number;
  startedAt: number | null;
  finishedAt: number | null;
  createdAt: number;
  updatedAt: number;
  inputTotal: number;
  /** First page of rows; `next` as in RowsAnswer. */
  first: RowsAnswer;
};

/** One row of the sessions list. */
export type SessionListRow = {
  id: string;
  kind: "bulk" | "serial";
  name: string;
  state: SessionState;
  counts: ItemCounts;
  inputTotal: number;
  /** Steps of its chain; above 1 `counts` are of steps, not of images. */
  stepCount: number;
  spend: number;
  /** Up to 5 image ids: results first, sources while there are none. */
  strip: string[];
  createdAt: number;
  updatedAt: number;
};

/** What is made within 24 hours: its price, micro-dollars, is half of what it would be now. */
export type HalfPriced = { steps: number; items: number; price: PriceRange };

export type EstimateWarning = { kind: "stop" | "month" | "unusual" | "crowded"; words: string };

/** GET /api/sessions/:id/estimate — what a draft would cost and take. Amounts are micro-dollars, times ms. */
export type EstimateAnswer = {
  items: number;
  /** Of them made before: they cost nothing. */
  reused: number;
  /** Of all that must be paid for. */
  price: PriceRange;
  exact: boolean;
  /** Of one image, on average. */
  each: PriceRange;
  /** Of one image, for every quality the model has. */
  byQuality: Partial<Record<ProviderSettings["quality"], PriceRange>>;
  ms: number;
  /** The part that waits for batches. */
  later: HalfPriced;
  slots: { atOnce: number; perMinute: number | null };
  budgetLeft: number | null;
  monthLeft: number | null;
  warnings: EstimateWarning[];
};
