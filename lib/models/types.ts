import type { ImageFormat } from "@/lib/images/types";
import type { AttemptUsage } from "@/lib/items/types";
import type { OutputSettings } from "@/lib/sessions/types";

/** What controls the page may offer for a model. */
export type Capabilities = {
  edits: boolean;
  textToImage: boolean;
  seed: boolean;
  mask: boolean;
  maxPromptChars: number;
  maxInputs: number;
  /** Micro-dollars for one image; null when it depends. */
  pricePerImage: number | null;
};

/** One thing the model understood in a prompt, or did not. Shown before start. */
export type PlanNote =
  | { kind: "step"; text: string }
  | { kind: "unknown"; text: string; hint: string }
  | { kind: "warning"; text: string };

export type PlanRequest = { prompt: string; output: OutputSettings };

/** A local file with decodable, probed pixels. */
export type SourceImage = {
  path: string;
  format: ImageFormat;
  width: number;
  height: number;
  alpha: boolean;
};

export type MakeRequest = PlanRequest & {
  source: SourceImage | null;
  seed: number | null;
  /** Folder of this attempt; the model may write scratch files there, the caller deletes it. */
  workDir: string;
};

export type MadeImage = {
  /** File below workDir with the encoded result. */
  path: string;
  modelVersion: string;
  requestId: string | null;
  usage: AttemptUsage | null;
  /** Micro-dollars. */
  cost: number;
  used: Record<string, string | number | boolean>;
  /** Words for the person about this result ("the subject was hard to tell from its background"). */
  notes: string[];
};

/** Classes of failure (DESIGN.md section 6). The first three are worth another try. */
export const MODEL_ERROR_CODES = [
  "rate_limited",
  "overloaded",
  "timeout",
  "blocked",
  "bad_request",
  "auth",
  "quota_exhausted",
  "crashed",
  "unknown",
] as const;
export type ModelErrorCode = (typeof MODEL_ERROR_CODES)[number];

/** Thrown by `make`. `words` are for people; `details` is the provider's own text. */
export class ModelError extends Error {
  override readonly name = "ModelError";
  constructor(
    readonly code: ModelErrorCode,
    readonly words: string,
    readonly extra: { details?: string; retryAfterMs?: number; charge?: "none" | "charged" | "maybe" } = {},
  ) {
    super(words);
  }
}

export interface ImageModel {
  id: string;
  label: string;
  /** Key of the limiter this model draws from. */
  connection: string;
  /** Runs on this machine in a pixel process of the worker, so that a crash costs one attempt only. */
  isolated: boolean;
  capabilities: Capabilities;
  /** What it understood. Pure, no network, safe in the web process. */
  plan(request: PlanRequest): PlanNote[];
  /** Throws ModelError. */
  make(request: MakeRequest, options: { signal: AbortSignal }): Promise<MadeImage>;
}
