import type { Lane } from "@/lib/batches/types";
import type { ImageFormat } from "@/lib/images/types";
import type { AttemptUsage } from "@/lib/items/types";
import type { OutputSettings, ProviderSettings } from "@/lib/sessions/types";
import type { ProviderBatches } from "./provider-batches";

/** What controls the page may offer for a model. What a model lacks is not offered. */
export type Capabilities = {
  edits: boolean;
  textToImage: boolean;
  seed: boolean;
  negativePrompt: boolean;
  steps: boolean;
  mask: boolean;
  maxPromptChars: number;
  /** Images one call takes: the source and its references. */
  maxInputs: number;
  /** Calls cost money: they are reserved, charged, cached, and a lost answer is `maybe`. */
  paid: boolean;
  /** Empty: the model has no such choice. */
  qualities: readonly ProviderSettings["quality"][];
  sizes: SizeRule;
  backgrounds: readonly ProviderSettings["background"][];
  moderation: boolean;
  complexity: boolean;
  formats: readonly ImageFormat[];
  /** Calls may go in batches that are made within 24 hours, for half the price. */
  economy: boolean;
};

/** Which sizes may be asked for. `free`: any W x H by the rule; `output`: the result is made to the output size. */
export type SizeRule =
  | { kind: "output" }
  | { kind: "presets"; presets: readonly string[] }
  | {
      kind: "free";
      presets: readonly string[];
      multiple: number;
      maxEdge: number;
      maxRatio: number;
      minPixels: number;
      maxPixels: number;
    };

/** One thing the model understood in a prompt, or did not. Shown before start. */
export type PlanNote =
  | { kind: "step"; text: string }
  | { kind: "unknown"; text: string; hint: string }
  | { kind: "warning"; text: string };

export type PlanRequest = { prompt: string; output: OutputSettings };

/** Micro-dollars. Equal ends: the price is known exactly. */
export type PriceRange = { min: number; max: number };

export type PriceRequest = {
  provider: ProviderSettings;
  promptChars: number;
  /** Pixel sizes of all images in, source first; empty for text to image. */
  inputs: { width: number; height: number }[];
  /** A mask goes along. */
  masked?: boolean;
  /** Live unless told. */
  lane?: Lane;
};

/** A local file with decodable, probed pixels. */
export type SourceImage = {
  path: string;
  format: ImageFormat;
  width: number;
  height: number;
  alpha: boolean;
};

/** All that a model in a pixel process gets. */
export type IsolatedRequest = PlanRequest & {
  source: SourceImage | null;
  seed: number | null;
  /** Folder of this attempt; the model may write scratch files there, the caller deletes it. */
  workDir: string;
};

export type MakeRequest = IsolatedRequest & {
  /** Further images to look at, in order. */
  references: SourceImage[];
  /** Transparent where the work happens, same size as the source. */
  mask: SourceImage | null;
  provider: ProviderSettings;
  /** Sent along where the provider takes it, so that a call can be found again. */
  attemptId: string;
  /** Stands for the person without naming them. */
  endUser: string;
};

export type MakeOptions = {
  signal: AbortSignal;
  /**
   * Waits for the limiter's moment and marks the attempt as sent. A model that pays calls it once, with everything
   * else ready, right before the call; it throws when the attempt is no longer ours.
   */
  send(): Promise<void>;
};

/** What an answer told about the provider's limits, from headers or a refusal's text. */
export type Observed = {
  imagesPerMinute?: number;
  requestsPerMinute?: number;
  /** Calls left in the provider's window, and when it is full again. */
  remaining?: number;
  resetMs?: number;
};

export type MadeImage = {
  /** File below workDir with the encoded result. */
  path: string;
  /** It is as the provider made it: to be brought to the size and format that were asked for once it is stored. */
  fit?: boolean;
  modelVersion: string;
  requestId: string | null;
  usage: AttemptUsage | null;
  /** Micro-dollars. */
  cost: number;
  used: Record<string, string | number | boolean>;
  /** Words for the person about this result ("the subject was hard to tell from its background"). */
  notes: string[];
  observed?: Observed;
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
    readonly extra: {
      details?: string;
      requestId?: string;
      retryAfterMs?: number;
      charge?: "none" | "charged" | "maybe";
      /** Micro-dollars, when an answer was charged and could not be used. */
      cost?: number;
      observed?: Observed;
    } = {},
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
  /** What one call costs, before it is made. Pure. `max` is never below what the provider may charge. */
  price(request: PriceRequest): PriceRange;
  /** Its economy lane, ready to be used; missing or null: it has none. */
  batches?(): Promise<ProviderBatches | null>;
  /** Throws ModelError. */
  make(request: MakeRequest, options: MakeOptions): Promise<MadeImage>;
}
