import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "@/e2e/app";
import { isAlive } from "@/scripts/processes.mjs";
import { PATIENCE_MS } from "../patience.mjs";
import type { Strike, Target } from "./types";

/** The app that is killed, and the folder its database lies in. */
export type Prey = { app: App; home: string };

/** Kills the target as soon as it is there; one that just died is waited for until it is back. */
export async function strike(prey: Prey, target: Target): Promise<Strike> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(20)) {
    const pid = pidOf(prey, target);
    if (!pid || !isAlive(pid)) continue;
    process.kill(pid, "SIGKILL");
    return { target, at: Date.now() };
  }
  throw new Error(`the ${target} did not come back within ${PATIENCE_MS / 1000} s`);
}

function pidOf({ app, home }: Prey, target: Target): number | undefined {
  if (target === "postgres") return postmaster(home)?.pid;
  try {
    return app.pids()[target];
  } catch {
    // The supervisor is writing it.
    return undefined;
  }
}

/** The database server that runs now, by its own pid file; null while there is none. */
export function postmaster(home: string): { pid: number; port: number } | null {
  try {
    const lines = readFileSync(join(home, "postgres", "postmaster.pid"), "utf8").split("\n");
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 && port > 0 ? { pid, port } : null;
  } catch {
    return null;
  }
}
