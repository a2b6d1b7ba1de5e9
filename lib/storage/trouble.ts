import { StorageError } from "@/lib/errors";

/** Whether an error says that bytes cannot be written now, wherever it came from. */
export function isStorageTrouble(error: unknown): boolean {
  if (error instanceof StorageError) return true;
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}
