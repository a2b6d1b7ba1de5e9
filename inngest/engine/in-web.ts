import { setTimeout as sleep } from "node:timers/promises";
import { engineName } from "@/lib/env";
import { isDatabaseDown } from "@/lib/failure";
import { log } from "@/lib/log";
import { functions } from "..";
import { startHost } from "./host";
import { startWorker, type Worker } from "./worker";

const shared = globalThis as typeof globalThis & { contactSheetInWeb?: Promise<Worker> };

/**
 * What runs the functions inside a web process: the worker where WORKER=inline asks for it (tiny machines), and on
 * Inngest, whose server calls them here.
 */
export async function startInWeb(): Promise<void> {
  if (shared.contactSheetInWeb) return;
  const isHost = engineName() === "inngest";
  const starting = isHost ? startWhenDatabaseAnswers() : startWorker(functions);
  shared.contactSheetInWeb = starting;
  endInOrder(starting);
  const started = starting.catch(logFailure);
  // Pages are served meanwhile: Inngest's calls find their way without it.
  if (!isHost) await started;
  else started.catch(() => undefined);
}

async function startWhenDatabaseAnswers(): Promise<Worker> {
  for (;;) {
    try {
      return await startHost();
    } catch (error) {
      if (!isDatabaseDown(error)) throw error;
      await sleep(500);
    }
  }
}

function logFailure(error: unknown): never {
  log.error("what runs the functions did not start in the web process", { error });
  throw error;
}

/** Next leaves the signals to us: work in flight comes to its end first, pages are answered meanwhile. */
function endInOrder(starting: Promise<Worker>) {
  if (!process.env.NEXT_MANUAL_SIG_HANDLE) return;
  let worker: Worker | undefined;
  starting.then(
    (started) => {
      worker = started;
    },
    () => undefined,
  );
  let stopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      await worker?.stop().catch((error) => log.error("the work in flight did not end in order", { error }));
      process.exit(0);
    });
  }
}
