import { join } from "node:path";
import { env } from "@/lib/env";
import { removeOld } from "@/lib/remove-old";
import { storage } from "@/lib/storage";

/** Scratch folders and half-written files of processes that were killed. */
export async function sweepLeftovers(): Promise<void> {
  await removeOld(join(env().DATA_DIR, "work"));
  await storage().tidy();
}
