import { join } from "node:path";
import { env } from "@/lib/env";
import { diskStorage } from "./disk";
import type { Storage } from "./types";

let cached: { root: string; storage: Storage } | undefined;

/** The storage of this installation. */
export function storage(): Storage {
  const root = join(env().DATA_DIR, "storage");
  if (cached?.root !== root) cached = { root, storage: diskStorage(root) };
  return cached.storage;
}
