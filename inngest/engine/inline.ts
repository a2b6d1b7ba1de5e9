import { engineName } from "@/lib/env";
import { log } from "@/lib/log";
import { functions } from "..";
import { startWorker, type Worker } from "./worker";

const shared = globalThis as typeof globalThis & { contactSheetInlineWorker?: Promise<Worker> };

/** The worker inside the web process, for tiny machines (WORKER=inline). */
export async function startInlineWorker(): Promise<void> {
  if (engineName() === "inngest" || shared.contactSheetInlineWorker) return;
  shared.contactSheetInlineWorker = startWorker(functions);
  const worker = await shared.contactSheetInlineWorker.catch((error) => {
    log.error("the inline worker did not start", { error });
    throw error;
  });
  if (process.env.NEXT_MANUAL_SIG_HANDLE) endInOrder(worker);
}

/** Next leaves the signals to us: work in flight comes to its end first, pages are answered meanwhile. */
function endInOrder(worker: Worker) {
  let stopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      await worker.stop().catch((error) => log.error("the inline worker did not stop in order", { error }));
      process.exit(0);
    });
  }
}
