import { fillBatches } from "./functions/fill-batches";
import { finishSession } from "./functions/finish-session";
import { probeInputFunction } from "./functions/probe-input";
import { reconcile } from "./functions/reconcile";
import { runItem } from "./functions/run-item";
import { sweep } from "./functions/sweep";
import { wakeConnection } from "./functions/wake-connection";
import { watchBatch } from "./functions/watch-batch";

/** Every durable function; both engines run this list. */
export const functions = [
  probeInputFunction,
  runItem,
  wakeConnection,
  fillBatches,
  watchBatch,
  finishSession,
  reconcile,
  sweep,
];
