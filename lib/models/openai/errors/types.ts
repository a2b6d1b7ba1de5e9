/** What is known around a call when it fails. */
export type CallFacts = {
  /** Name of the connection, for words. */
  provider: string;
  model: string;
  /** Calls cost money: a lost answer may have been charged. */
  paid: boolean;
  /** "ended on 1 December 2026", where an end is known. */
  shutdown: string | null;
  timeoutMs: number;
  /** Whatever must never be shown: the key. */
  secrets: readonly string[];
  /** Ms since 1970, for waits that are told as dates. */
  now: number;
};

/** A call that ended without a picture, as it was seen. */
export type Failure =
  /** A refusal: any status but 2xx. The body is the raw text. */
  | { kind: "refusal"; status: number; headers: Headers; body: string }
  /** A status of success and no picture in it. */
  | { kind: "unusable"; headers: Headers; why: string; body: string }
  /** No whole answer. */
  | { kind: "lost"; error: unknown; because: "deadline" | "stopped" | "connection" };
