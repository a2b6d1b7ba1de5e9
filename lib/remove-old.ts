import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

const HOUR_MS = 3_600_000;

/** Removes entries of a folder that nobody wrote to for an hour; a folder that is not there is empty. */
export async function removeOld(folder: string, olderThanMs = HOUR_MS): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name);
    const changed = await stat(path).catch(() => null);
    if (changed && Date.now() - changed.mtimeMs > olderThanMs)
      await rm(path, { recursive: true, force: true });
  }
}
