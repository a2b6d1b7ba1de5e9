import type { ItemStatus } from "@/db/schema/items";
import type { AttemptSettings, AttemptUsage } from "./types";

export type DetailImage = {
  id: string;
  width: number;
  height: number;
  format: "jpeg" | "png" | "webp";
  bytes: number;
  alpha: boolean;
  sha256: string;
  thumbhash: string;
};

/** A picture that went into an attempt. */
export type DetailFeed = {
  /** Place of the step that made it, 0: the original; null: a step that was taken out of the chain since. */
  step: number | null;
  /** Number of the attempt that made it; null for the original. */
  attempt: number | null;
  image: DetailImage | null;
};

export type DetailAttempt = {
  id: string;
  number: number;
  outcome: "sending" | "completed" | "reused" | "failed" | "blocked" | "cancelled" | "lost";
  prompt: string;
  connection: string;
  model: string;
  modelVersion: string | null;
  settings: AttemptSettings;
  seed: number | null;
  requestId: string | null;
  /** ms since 1970. */
  startedAt: number;
  tookMs: number | null;
  /** Micro-dollars. */
  cost: number;
  charge: "none" | "charged" | "maybe";
  usage: AttemptUsage | null;
  /** The result it used again; `position` is that of its image. */
  reusedFrom: { sessionId: string; sessionName: string; position: number; itemId: string } | null;
  error: { code: string; words: string; details: string | null } | null;
  notes: string[];
  image: DetailImage | null;
  /** What it worked on: its source first, then what its step looked at beside it. */
  madeFrom: DetailFeed[];
  current: boolean;
};

/** GET /api/items/:id — everything about one result. Attempts are newest first. */
export type ItemDetails = {
  id: string;
  sessionId: string;
  position: number;
  variant: number;
  status: ItemStatus;
  /** Its step: `place` from 1, null once it was taken out of the chain, among `of` steps. */
  step: { id: string; place: number | null; of: number };
  source: { inputId: string; name: string; path: string; image: DetailImage | null };
  /** The prompt the next attempt would be made with. */
  prompt: string;
  attempts: DetailAttempt[];
};
