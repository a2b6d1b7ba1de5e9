import type { ItemStatus } from "@/db/schema/items";
import type { Lane } from "@/lib/batches/types";

/** One tile of the Bulk Results List as the page holds it. Its source is the input with `inputId`. */
export type ItemRow = {
  id: string;
  inputId: string;
  /** Its input's number in the run, from 1; the same for all steps of it. */
  position: number;
  variant: number;
  stepPosition: number;
  status: ItemStatus;
  review: "none" | "approved" | "rejected";
  attemptCount: number;
  imageId: string | null;
  width: number;
  height: number;
  alpha: boolean;
  thumbhash: string | null;
  /** Time the shown attempt took, ms; 0 when there is none. */
  tookMs: number;
  /** Micro-dollars of all attempts, charged or perhaps charged. */
  cost: number;
  /** The part of it nobody knows. */
  maybeCost: number;
  /** Where the shown result was made before: its place in this session, 0: in another one; null: made for this. */
  reusedFrom: number | null;
  /** Why the newest attempt failed, for people. */
  error: { code: string; words: string } | null;
  /** When a waiting item goes on, ms since 1970. */
  dueAt: number | null;
  /** When the running attempt began, ms since 1970. */
  startedAt: number | null;
  /** Wanted now, or within 24 hours. Live while `batchedAt` is set: it leaves its batch and goes live. */
  lane: Lane;
  /** When the batch it is in was sent, ms since 1970; 0: it is being put together; null: in no batch. */
  batchedAt: number | null;
  /** Its prompt differs from the session's. */
  ownPrompt: boolean;
  /** Made with a prompt, settings or pictures that are not its step's any more. */
  stale: boolean;
  /** Not run: place of the step that has nothing to give it. */
  needs: number | null;
  notes: string[];
};

/** A row that nothing was made for yet. */
export function untriedRow(
  row: Pick<ItemRow, "id" | "inputId" | "position" | "stepPosition"> & Partial<ItemRow>,
): ItemRow {
  return {
    variant: 1,
    status: "queued",
    review: "none",
    attemptCount: 0,
    imageId: null,
    width: 0,
    height: 0,
    alpha: false,
    thumbhash: null,
    tookMs: 0,
    cost: 0,
    maybeCost: 0,
    reusedFrom: null,
    error: null,
    dueAt: null,
    startedAt: null,
    lane: "live",
    batchedAt: null,
    ownPrompt: false,
    stale: false,
    needs: null,
    notes: [],
    ...row,
  };
}

export type ItemTuple = readonly [
  id: string,
  inputId: string,
  position: number,
  variant: number,
  stepPosition: number,
  status: ItemStatus,
  review: ItemRow["review"],
  attemptCount: number,
  imageId: string | null,
  width: number,
  height: number,
  thumbhash: string | null,
  tookMs: number,
  cost: number,
  error: ItemRow["error"],
  dueAt: number | null,
  startedAt: number | null,
  /** bit 0 own prompt, bit 1 alpha, bit 2 stale, bit 3 economy lane */
  flags: number,
  notes: string[],
  maybeCost: number,
  reusedFrom: number | null,
  needs: number | null,
  batchedAt: number | null,
];

export function packItem(row: ItemRow): ItemTuple {
  return [
    row.id,
    row.inputId,
    row.position,
    row.variant,
    row.stepPosition,
    row.status,
    row.review,
    row.attemptCount,
    row.imageId,
    row.width,
    row.height,
    row.thumbhash,
    row.tookMs,
    row.cost,
    row.error,
    row.dueAt,
    row.startedAt,
    (row.ownPrompt ? 1 : 0) | (row.alpha ? 2 : 0) | (row.stale ? 4 : 0) | (row.lane === "economy" ? 8 : 0),
    row.notes,
    row.maybeCost,
    row.reusedFrom,
    row.needs,
    row.batchedAt,
  ];
}

export function unpackItem(tuple: ItemTuple): ItemRow {
  const [id, inputId, position, variant, stepPosition, status, review, attemptCount] = tuple;
  return {
    id,
    inputId,
    position,
    variant,
    stepPosition,
    status,
    review,
    attemptCount,
    imageId: tuple[8],
    width: tuple[9],
    height: tuple[10],
    thumbhash: tuple[11],
    tookMs: tuple[12],
    cost: tuple[13],
    error: tuple[14],
    dueAt: tuple[15],
    startedAt: tuple[16],
    lane: (tuple[17] & 8) !== 0 ? "economy" : "live",
    batchedAt: tuple[22],
    ownPrompt: (tuple[17] & 1) !== 0,
    alpha: (tuple[17] & 2) !== 0,
    stale: (tuple[17] & 4) !== 0,
    notes: tuple[18],
    maybeCost: tuple[19],
    reusedFrom: tuple[20],
    needs: tuple[21],
  };
}
