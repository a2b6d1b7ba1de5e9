import type { ImageFormat } from "@/lib/images/types";
import type { ImageIn, MaskIn } from "../images-in";
import type { SentBody } from "../read-body";
import type { Refusal } from "../refusal";
import type { Settings } from "../settings";

export type Tokens = { text: number; image: number; output: number };

/** A call for images as the server understood it. */
export type Ask = {
  model: string;
  /** What the model is told, without what a dialect hides in it. */
  prompt: string;
  n: number;
  size: { width: number; height: number };
  quality: string | null;
  format: ImageFormat;
  compression: number;
  background: string;
  images: ImageIn[];
  mask: MaskIn | null;
  /** All zero where a server counts none. */
  tokens: Tokens;
  /** Parameters after parsing, for the log: seed, negative prompt, steps ... */
  understood: Record<string, unknown>;
};

export type Made = {
  ask: Ask;
  pictures: Buffer[];
  created: number;
  /** Where the server is reached, without a slash at the end. */
  origin: string;
  /** Keeps a picture for a GET and answers its path. */
  keep(picture: Buffer, format: ImageFormat): string;
};

export type ImageRoute = (sent: SentBody, settings: Settings) => Promise<Ask>;

/** How one kind of server speaks. */
export interface Dialect {
  /** The key it asks for unless told; null: none. */
  key: string | null;
  /** Never asks for a key, whatever it was told. */
  open: boolean;
  /** Sends x-request-id, processing time and rate-limit headers. */
  official: boolean;
  /** One call at a time, as with one graphics card and one lock. */
  serial: boolean;
  /** By "POST /v1/images/edits". */
  images: Record<string, ImageRoute>;
  /** Answers to GET, by path. */
  info: Record<string, (settings: Settings) => unknown>;
  answer(made: Made): Record<string, unknown>;
  refuse(refusal: Refusal): unknown;
  wrongKey(sent: string | null): Refusal;
}
