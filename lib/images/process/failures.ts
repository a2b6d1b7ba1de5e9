import { ModelError } from "@/lib/models/types";
import type { Failure } from "./messages";

/**
 * The process that worked on a job is gone. 'crashed': a hostile file or a fault of the decoder; 'memory': it went
 * over its cap; 'timeout': it was ended at its deadline. Only that job is touched.
 */
export class PixelProcessDied extends Error {
  override readonly name = "PixelProcessDied";
  constructor(readonly reason: "crashed" | "memory" | "timeout") {
    super(`The pixel process ended: ${reason}.`);
  }
}

/** An error in a form that survives the way between processes. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof ModelError) {
    return { type: "model", code: error.code, words: error.words, extra: error.extra };
  }
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
  return { type: "other", message, code };
}

/** The error it was before: a ModelError, or an Error that keeps the system's `code`. */
export function restoreFailure(failure: Failure): Error {
  if (failure.type === "model") return new ModelError(failure.code, failure.words, failure.extra);
  const error = new Error(failure.message);
  return failure.code ? Object.assign(error, { code: failure.code }) : error;
}
