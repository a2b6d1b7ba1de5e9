import * as blob from "@vercel/blob";
import { MayPass, mayPass, refusedByStorage } from "./remote/trouble";

const REFUSING = [
  blob.BlobAccessError,
  blob.BlobStoreNotFoundError,
  blob.BlobStoreSuspendedError,
  blob.BlobClientTokenExpiredError,
];
const PASSING = [blob.BlobServiceNotAvailable, blob.BlobUnknownError, blob.BlobRequestAbortedError];

/** What an error of the package means: MayPass, StorageError, RangeError, or itself. */
export function blobTrouble(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof blob.BlobServiceRateLimited) {
    return new MayPass(error.message, { waitMs: 1_000 * error.retryAfter, cause: error });
  }
  if (REFUSING.some((kind) => error instanceof kind)) return refusedByStorage("BLOB_READ_WRITE_TOKEN", error);
  if (PASSING.some((kind) => error instanceof kind)) return new MayPass(error.message, { cause: error });
  // Reads name their status in words alone.
  const status = Number(/^Vercel Blob: Failed to fetch blob: (\d{3})/.exec(error.message)?.[1] ?? 0);
  if (status === 416) return new RangeError("the range is out of bounds");
  if (status === 401 || status === 403) return refusedByStorage("BLOB_READ_WRITE_TOKEN", error);
  if (status === 408 || status === 429 || status >= 500) return new MayPass(error.message, { cause: error });
  const cut = error.name === "AbortError" || /^(fetch failed|terminated)$/.test(error.message);
  return cut && !mayPass(error) ? new MayPass(error.message, { cause: error }) : error;
}
