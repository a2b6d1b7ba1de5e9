import { type ChildProcess, fork } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { log } from "@/lib/log";
import { PixelProcessDied } from "./failures";
import { type Finished, type Job, replySchema } from "./messages";

const READY_WITHIN_MS = 60_000;
const RSS_CHECK_MS = 100;
const LAST_WORDS = 2_000;

export type PixelChild = {
  pid: number | undefined;
  /** Rejects when it dies before it can work. */
  ready: Promise<void>;
  exited: Promise<void>;
  run(job: Job, limits: { deadlineMs: number; signal?: AbortSignal }): Promise<Finished>;
  kill(): void;
};

/** Starts one pixel process. It gets no secrets, and dies with this one. */
export function startPixelChild(): PixelChild {
  const child = fork(/* turbopackIgnore: true */ childEntry(), [], {
    // One for each core: helpers that collect garbage beside it would only take turns with it.
    execArgv: ["--max-old-space-size=512", "--single-threaded-gc"],
    env: minimalEnv(process.env),
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const lastWords = keepLastWords(child);
  const kill = () => void child.kill("SIGKILL");
  const exited = new Promise<void>((resolve) => {
    child.once("exit", (code, signal) => {
      log.debug("Pixel process ended", { pid: child.pid, code, signal, lastWords: lastWords() });
      resolve();
    });
    child.on("error", () => resolve());
  });
  return {
    pid: child.pid,
    ready: becomesReady(child, exited, kill),
    exited,
    run: (job, limits) => runJob({ child, exited, kill, job, ...limits }),
    kill,
  };
}

/** Where scripts/start/programs.mjs writes it. A bundler must not follow this path. */
function childEntry(): string {
  return join(/* turbopackIgnore: true */ process.cwd(), ".programs/pixels.cjs");
}

/** Only what a process needs to run: no addresses, keys or secrets reach the place where hostile bytes are read. */
export function minimalEnv(from: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = ["PATH", "Path", "SystemRoot", "TMPDIR", "TEMP", "TMP", "LANG", "TZ", "NODE_ENV"];
  const env = Object.fromEntries(kept.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]])));
  // glibc: few arenas, and freed pictures go back to the system instead of staying as fragments.
  return { ...env, NODE_ENV: from.NODE_ENV, MALLOC_ARENA_MAX: "2", MALLOC_TRIM_THRESHOLD_: "8388608" };
}

type Running = {
  child: ChildProcess;
  exited: Promise<void>;
  kill: () => void;
  job: Job;
  deadlineMs: number;
  signal?: AbortSignal;
};

async function runJob({ child, exited, kill, job, deadlineMs, signal }: Running): Promise<Finished> {
  signal?.throwIfAborted();
  let reason: PixelProcessDied["reason"] = "crashed";
  const endFor = (why: PixelProcessDied["reason"]) => {
    reason = why;
    kill();
  };
  const finished = new Promise<Finished>((resolve) => {
    child.on("message", (message) => {
      const reply = replySchema.safeParse(message);
      // A reply that is none came from a process that no longer runs our code.
      if (!reply.success) kill();
      else if (reply.data.kind === "over-memory") endFor("memory");
      else if (reply.data.kind !== "ready") resolve(reply.data);
    });
  });
  const deadline = setTimeout(() => endFor("timeout"), deadlineMs);
  const memory = setInterval(async () => {
    if ((await rssOf(child.pid)) > job.maxRssBytes) endFor("memory");
  }, RSS_CHECK_MS);
  signal?.addEventListener("abort", kill);
  try {
    child.send(job, () => {});
    const outcome = await Promise.race([finished, exited]);
    signal?.throwIfAborted();
    if (!outcome) throw new PixelProcessDied(reason);
    return outcome;
  } finally {
    clearTimeout(deadline);
    clearInterval(memory);
    signal?.removeEventListener("abort", kill);
    child.removeAllListeners("message");
  }
}

/** Also from outside where Linux tells: a busy loop in the child keeps it from looking at itself. 0 when unknown. */
async function rssOf(pid: number | undefined): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, "utf8").catch(() => "");
  return Number(statm.split(" ")[1] ?? 0) * 4096;
}

async function becomesReady(child: ChildProcess, exited: Promise<void>, kill: () => void) {
  const deadline = setTimeout(kill, READY_WITHIN_MS);
  const said = new Promise<"ready">((resolve) => child.once("message", () => resolve("ready")));
  const outcome = await Promise.race([said, exited]);
  clearTimeout(deadline);
  if (outcome !== "ready") throw new PixelProcessDied("crashed");
}

function keepLastWords(child: ChildProcess): () => string {
  let words = "";
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    words = `${words}${text}`.slice(-LAST_WORDS);
  });
  return () => words;
}
