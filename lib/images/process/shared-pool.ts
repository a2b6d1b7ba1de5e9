import { availableParallelism } from "node:os";
import { env } from "@/lib/env";
import { createPixelPool, type PixelPool } from "./pool";

const shared = globalThis as typeof globalThis & { contactSheetPixelPool?: PixelPool };

/** The pixel processes of this worker, started at first use: one for each core. */
export function pixelPool(): PixelPool {
  shared.contactSheetPixelPool ??= createPixelPool({
    size: env().STUDIO_CONCURRENCY ?? availableParallelism(),
  });
  return shared.contactSheetPixelPool;
}

export async function closePixelPool(): Promise<void> {
  const pool = shared.contactSheetPixelPool;
  shared.contactSheetPixelPool = undefined;
  await pool?.close();
}
