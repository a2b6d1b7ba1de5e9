import type { Capabilities } from "../../types";

/** How many tokens of output one quality may take, on the grid of the provider's own calculator. */
export type GridQuality = {
  /** Cells along the longer side. */
  base: number;
  /** Where the true number is not published: the largest base it may have, and how many times that it may be. */
  most?: number;
  times?: number;
};

type Shape = "square" | "portrait" | "landscape";

/** Output tokens per image. `free`: a server that counts none. */
export type OutputTokens =
  | { kind: "free" }
  | { kind: "grid"; qualities: Record<string, GridQuality> }
  | { kind: "table"; qualities: Record<string, Record<Shape, number>> };

/** How input pictures are counted: patches of 32 px, or tiles of 512 px (before gpt-image-2). */
export type InputTokens = "patches" | "tiles";

/** US dollars per million tokens, which is micro-dollars per token. */
export type Rates = { textIn: number; imageIn: number; imageOut: number };

/** All that is known of one model: what pages offer, what calls cost, how long they may take. */
export type ModelFacts = {
  id: string;
  label: string;
  capabilities: Capabilities;
  rates: Rates;
  output: OutputTokens;
  input: InputTokens;
  /** Last day, as YYYY-MM-DD; null: none is known. */
  shutdown: string | null;
  /** Whether new sessions may choose it. */
  offered: boolean;
  /** Longest wait for one picture, ms. */
  timeoutMs: number;
};
