import { StorageError } from "@/lib/errors";

const FULL = ["ENOSPC", "EDQUOT"];
/** Errors of a folder or disk that takes no bytes now. */
export const UNWRITABLE = ["EACCES", "EPERM", "EROFS", "EIO"];

/** Whether an error says that bytes cannot be written now, wherever it came from. */
export function isStorageTrouble(error: unknown): boolean {
  if (error instanceof StorageError) return true;
  if (!(error instanceof Error) || !("code" in error)) return false;
  return [...FULL, ...UNWRITABLE].some((code) => code === error.code);
}
