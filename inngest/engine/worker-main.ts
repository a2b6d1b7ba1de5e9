import { setTimeout as sleep } from "node:timers/promises";
import { env } from "@/lib/env";
import { isDatabaseDown } from "@/lib/failure";
import { functions } from "..";
import { startWorker, type Worker } from "./worker";

// Entry of the worker process.

env();
void work();

async function work() {
  const worker = await startWhenDatabaseAnswers();
  let stopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      await worker.stop();
      process.exit(0);
    });
  }
}

async function startWhenDatabaseAnswers(): Promise<Worker> {
  for (;;) {
    try {
      return await startWorker(functions);
    } catch (error) {
      if (!isDatabaseDown(error)) throw error;
      await sleep(500);
    }
  }
}
