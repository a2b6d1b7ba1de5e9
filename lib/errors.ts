/** Codes an unexpected failure may carry to the border; words for people are made there. */
export type AppErrorCode =
  | "not_found"
  | "bad_input"
  | "conflict"
  | "signed_out"
  | "not_owner"
  | "too_many_tries"
  | "storage_full"
  | "storage_unavailable"
  | "database_unavailable";

/** Thrown where a request cannot go on. Expected refusals are returned values, not errors. */
export class AppError extends Error {
  override readonly name = "AppError";
  constructor(
    readonly code: AppErrorCode,
    /** What happened, what was kept, what to do: shown as it is. */
    readonly words: string,
    options?: { cause?: unknown },
  ) {
    super(words, options);
  }
}

export function notFound(): AppError {
  return new AppError(
    "not_found",
    "There is nothing here. It may have been deleted, or the link is incomplete.",
  );
}

export class StorageError extends AppError {
  constructor(code: "storage_full" | "storage_unavailable", words: string, options?: { cause?: unknown }) {
    super(code, words, options);
  }
}

/** Thrown by throttles; `retryAfterSeconds` becomes the Retry-After header. */
export class TooManyTriesError extends AppError {
  constructor(readonly retryAfterSeconds: number) {
    super("too_many_tries", `Too many tries. Wait ${waitInWords(retryAfterSeconds)}, then try again.`);
  }
}

function waitInWords(seconds: number): string {
  if (seconds <= 90) return `${Math.max(1, Math.ceil(seconds))} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
