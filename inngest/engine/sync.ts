import { setTimeout as sleep } from "node:timers/promises";
import { NextRequest } from "next/server";
import { inngestAddress } from "@/lib/env";
import { log } from "@/lib/log";
import { callAddress, inngestHandlers } from "../serve";

/** A server that answers is told again after this long: it may have lost what it knew. Inngest Cloud does not. */
const TELL_AGAIN_MS = 30_000;
/** One that does not answer, or has just come up, is asked this often. */
const TRY_AGAIN_MS = 3_000;

/** Tells Inngest where to call the functions, until `signal` says stop. Says in the log what came of it. */
export async function keepSynced(signal: AbortSignal): Promise<void> {
  let before = "";
  while (!signal.aborted) {
    const trouble = await register();
    if (trouble !== before) {
      if (trouble)
        log.warn("Inngest does not know the functions yet", { trouble, inngest: inngestAddress() });
      else log.info("Inngest calls the functions", { address: callAddress(), inngest: inngestAddress() });
    }
    before = trouble ?? "synced";
    if (!trouble && !inngestAddress()) return;
    await sleep(trouble ? TRY_AGAIN_MS : TELL_AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Null when the server took the list of functions, else what is wrong. */
async function register(): Promise<string | null> {
  try {
    const answer = await inngestHandlers().PUT(new NextRequest(callAddress(), { method: "PUT" }), {});
    const { status, message } = { status: answer.status, ...(await answer.json()) };
    return status < 400 ? null : (message ?? `status ${status}`);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
