import type { LANES } from "./constants";

export type Lane = (typeof LANES)[number];

/**
 * `filling`: its images are being sent to the provider; `uploaded`: all is there; `creating`: the order was given and
 * its answer is not here yet; `sent`: the provider works on it; `ending`: its results are being stored; `settled`: over.
 */
export type BatchState = "filling" | "uploaded" | "creating" | "sent" | "ending" | "settled";

/** Which of the provider's calls its lines are; a batch has one. */
export type BatchEndpoint = "edits" | "generations";

/** An item as it was taken for a batch. */
export type ClaimedItem = { itemId: string; dispatch: number };

/** What the provider calls the pictures of one line, once they are there. */
export type BatchInputs = { images: string[]; mask: string | null };

/** One batch as the browser sees it. Times are ms since 1970. */
export type BatchView = {
  id: string;
  state: BatchState;
  lines: number;
  /** As the provider counts them, while it works. */
  done: number;
  failed: number;
  /** Null: not sent yet. */
  sentAt: number | null;
  /** When the provider gives up on what is left; null before it is sent. */
  expiresAt: number | null;
  /** Its cancellation was asked for. What is made by then is kept and paid for. */
  cancelling: boolean;
  /** What went wrong with it as a whole. */
  words: string | null;
};

/** GET /api/sessions/:id/batches — what moving to the live lane would mean. Amounts are micro-dollars. */
export type BatchesAnswer = {
  /** Open ones and those that went wrong, newest first. */
  batches: BatchView[];
  /** Images that could move now: waiting for a batch, and inside one. */
  waiting: number;
  inBatches: number;
  /** Price of all of them at the full price. */
  price: { min: number; max: number };
};
