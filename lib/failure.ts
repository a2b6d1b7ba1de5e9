import { randomBytes } from "node:crypto";
import { AppError, type AppErrorCode, TooManyTriesError } from "./errors";
import { log } from "./log";

export type Failure = {
  status: number;
  reason: AppErrorCode | "unexpected";
  words: string;
  retryAfterSeconds?: number;
};

const STATUS = {
  bad_input: 400,
  signed_out: 401,
  not_owner: 403,
  not_found: 404,
  conflict: 409,
  too_many_tries: 429,
  storage_unavailable: 503,
  database_unavailable: 503,
  storage_full: 507,
} as const satisfies Record<AppErrorCode, number>;

/**
 * What a person is told about a thrown error. Words of an AppError are shown as they are; an outage of the
 * database has its own; anything else is logged under the request id and answered with neutral words.
 */
export function failureOf(error: unknown, requestId: string): Failure {
  if (error instanceof AppError) {
    if (STATUS[error.code] >= 500) log.error("request failed", { requestId, reason: error.code, error });
    return {
      status: STATUS[error.code],
      reason: error.code,
      words: error.words,
      retryAfterSeconds: error instanceof TooManyTriesError ? error.retryAfterSeconds : undefined,
    };
  }
  if (isDatabaseDown(error)) {
    log.error("database unavailable", { requestId, error: rootCause(error) });
    return {
      status: 503,
      reason: "database_unavailable",
      words: "The database does not answer. Nothing saved is lost. Try again in a few seconds.",
      retryAfterSeconds: 5,
    };
  }
  log.error("unexpected error", { requestId, error: rootCause(error), stack: stackOf(error) });
  return {
    status: 500,
    reason: "unexpected",
    words: `Something failed on the server. What was saved before is kept. Try again; if it comes back, report number ${requestId}.`,
  };
}

/** The id a proxy in front gave this request, or a new one. Shown in errors and written in every log line. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get("x-request-id");
  return given && /^[\w-]{8,64}$/.test(given) ? given : randomBytes(6).toString("hex");
}

// Class 08 connection exceptions, 57P0x shutdown and start-up, 53300 no connection left, 57014 statement
// timeout, 55P03 lock timeout.
const DOWN_SQLSTATE = /^(08...|57P0.|53300|57014|55P03)$/;
const DOWN_CLIENT = /^(ECONNREFUSED|CONNECT_TIMEOUT|CONNECTION_(CLOSED|ENDED|DESTROYED))$/;
// Also seen on broken uploads, so these count only under a failed query.
const DOWN_NETWORK = /^(ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ENOENT)$/;

export function isDatabaseDown(error: unknown): boolean {
  let underQuery = false;
  for (const link of causes(error)) {
    underQuery ||= link.name === "DrizzleQueryError" || link.message.startsWith("Failed query");
    const code = "code" in link ? String(link.code) : "";
    if (DOWN_SQLSTATE.test(code) || DOWN_CLIENT.test(code)) return true;
    if (underQuery && DOWN_NETWORK.test(code)) return true;
  }
  return false;
}

// Drizzle's own message repeats the query with its parameters, which may be private: log the cause alone.
function rootCause(error: unknown): unknown {
  return causes(error).at(-1) ?? error;
}

function stackOf(error: unknown): string | undefined {
  const root = rootCause(error);
  return root instanceof Error ? root.stack?.split("\n").slice(1, 8).join("\n") : undefined;
}

function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let link = error; link instanceof Error && chain.length < 8; link = link.cause) chain.push(link);
  return chain;
}
