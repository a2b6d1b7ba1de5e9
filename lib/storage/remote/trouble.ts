import { StorageError } from "@/lib/errors";
import { log } from "@/lib/log";

const NETWORK =
  /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_(SOCKET|(CONNECT|HEADERS|BODY)_TIMEOUT|ABORTED|RES_CONTENT_LENGTH_MISMATCH))$/;

/** Thrown where the same request may succeed a moment later; `waitMs` is what the storage asked for. */
export class MayPass extends Error {
  override readonly name = "MayPass";
  readonly waitMs: number;
  constructor(message: string, { waitMs = 0, cause }: { waitMs?: number; cause?: unknown } = {}) {
    super(message, { cause });
    this.waitMs = waitMs;
  }
}

export function mayPass(error: unknown): boolean {
  return error instanceof MayPass || isNetworkTrouble(error);
}

function isNetworkTrouble(error: unknown): boolean {
  for (let link = error, depth = 0; link instanceof Error && depth < 5; link = link.cause, depth += 1) {
    if ("code" in link && NETWORK.test(String(link.code))) return true;
  }
  return false;
}

export function unavailable(cause: unknown): StorageError {
  log.warn("the storage does not answer", { error: cause });
  return new StorageError(
    "storage_unavailable",
    "The storage does not answer. Everything stored so far is kept. Work goes on by itself once it does.",
    { cause },
  );
}

/** `settings` are the names of what may be wrong in the configuration. */
export function refusedByStorage(settings: string, cause: unknown): StorageError {
  log.warn("the storage refused a request", { error: cause });
  return new StorageError(
    "storage_unavailable",
    `The storage refuses this installation. Everything stored so far is kept. Check ${settings}; work goes on by itself.`,
    { cause },
  );
}

export function remoteFull(cause: unknown): StorageError {
  return new StorageError(
    "storage_full",
    "The storage is full. Everything stored so far is kept. Make room there; work goes on by itself.",
    { cause },
  );
}
