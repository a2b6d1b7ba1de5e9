import { finishSession } from "./functions/finish-session";
import { probeInputFunction } from "./functions/probe-input";
import { reconcile } from "./functions/reconcile";
import { runItem } from "./functions/run-item";
import { sweep } from "./functions/sweep";
import { wakeConnection } from "./functions/wake-connection";

/** Every durable function; both engines run this list. */
export const functions = [probeInputFunction, runItem, wakeConnection, finishSession, reconcile, sweep];
