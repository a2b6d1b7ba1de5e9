import type { ItemStatus } from "@/db/schema/items";

/** One item of a session as its manifest tells it, whatever became of it. */
export type ManifestEntry = {
  /** Position in the session, from 1. */
  n: number;
  variant: number;
  sourceName: string;
  /** Folder below the dropped one, '' at its top. */
  sourcePath: string;
  sourceSha256: string | null;
  /** Name inside the archive; null when there is no result. */
  file: string | null;
  sha256: string | null;
  bytes: number | null;
  width: number | null;
  height: number | null;
  /** The effective prompt the result was made with. */
  prompt: string | null;
  model: string | null;
  modelVersion: string | null;
  /** As asked and as used. */
  settings: unknown;
  seed: number | null;
  /** ISO 8601, UTC. */
  startedAt: string | null;
  finishedAt: string | null;
  /** Number of the attempt shown; 0 when there was none. */
  attempt: number;
  status: ItemStatus;
  /** Why there is no result, for people. */
  error: string | null;
  /** Null where a session has one step. */
  chain: ChainPlace | null;
};

/** Where in its chain a result stands, and what it was made from. */
export type ChainPlace = {
  /** Its step, from 1. */
  step: number;
  /** Its source first, then what its step looked at beside it; empty when it was never made. */
  madeFrom: ManifestFeed[];
  /** Its step asks for something else by now, or works on another picture. */
  outOfDate: boolean;
  /** Not made: the step that had nothing to give it. */
  needsStep: number | null;
};

export type ManifestFeed = {
  /** "original", "step 2", or "a removed step". */
  from: string;
  /** Name inside the archive; null when that picture is not in it. */
  file: string | null;
  sha256: string | null;
};

/** The chain as it is at the download; `source` and `references` are places, 0 the original. */
export type ManifestChain = {
  steps: {
    step: number;
    prompt: string;
    settings: unknown;
    source: number;
    references: number[];
    enabled: boolean;
  }[];
};

/** Which results an archive holds: of the last step, of every step in folders, or of one step. */
export type DownloadSteps = "last" | "all" | number;

export type DownloadFile = {
  itemId: string;
  /** Name inside the archive, folders with `/`. */
  name: string;
  url: string;
  bytes: number;
  /** Lower-case hex. */
  sha256: string;
};

/** GET /api/sessions/:id/download and /api/shares/:token/download: all that an archive is built from. */
export type DownloadList = {
  session: { name: string };
  files: DownloadFile[];
  /** Items without a result: they never block a download. */
  failed: { name: string; words: string }[];
  manifestCsv: string;
  manifestJson: string;
};
