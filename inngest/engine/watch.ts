import { findDeadWorkers } from "@/lib/limits/mutations";
import type { DurableFunction } from "../define";
import { oneAtATime, runAlone } from "./schedule";

/** One small question in this time is what it costs to know of a death within seconds. */
const LOOK_MS = 3_000;

/** Runs `reconcile` out of turn when a worker died, so that what it held goes on at once. */
export function watchWorkers(reconcile: DurableFunction): { stop(): void } {
  const look = oneAtATime(async () => {
    if ((await findDeadWorkers()).length > 0) await runAlone(reconcile);
  });
  const timer = setInterval(look, LOOK_MS);
  return { stop: () => clearInterval(timer) };
}
