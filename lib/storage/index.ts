import { type Env, env } from "@/lib/env";
import { openStorage } from "./open";
import { storageDriver } from "./schemas";
import type { Storage } from "./types";

let cached: { settings: Env; storage: Storage } | undefined;

/** The storage of this installation. */
export function storage(): Storage {
  const settings = env();
  if (cached?.settings !== settings) {
    cached = { settings, storage: openStorage(storageDriver(settings), settings) };
  }
  return cached.storage;
}
