import { engineName } from "@/lib/env";
import { log } from "@/lib/log";
import { functions } from "..";
import { startWorker, type Worker } from "./worker";

const shared = globalThis as typeof globalThis & { contactSheetInlineWorker?: Promise<Worker> };

/** The worker inside the web process, for tiny machines (WORKER=inline). */
export async function startInlineWorker(): Promise<void> {
  if (engineName() === "inngest" || shared.contactSheetInlineWorker) return;
  shared.contactSheetInlineWorker = startWorker(functions);
  await shared.contactSheetInlineWorker.catch((error) => {
    log.error("the inline worker did not start", { error });
    throw error;
  });
}
