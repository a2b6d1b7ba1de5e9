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
  current: boolean;
};

/** GET /api/items/:id — everything about one result. Attempts are newest first. */
export type ItemDetails = {
  id: string;
  sessionId: string;
  position: number;
  variant: number;
  status: ItemStatus;
  source: { inputId: string; name: string; path: string; image: DetailImage | null };
  /** The prompt the next attempt would be made with. */
  prompt: string;
  attempts: DetailAttempt[];
};
