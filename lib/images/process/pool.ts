import type { IsolatedRequest, MadeImage } from "@/lib/models/types";
import { IMAGE_LIMITS } from "../constants";
import type { ProbeResult } from "../types";
import { expectedBytes, memoryBudget } from "./admission";
import { PixelProcessDied, restoreFailure } from "./failures";
import type { Finished, Work } from "./messages";
import { type PixelChild, startPixelChild } from "./pixel-child";
import type { FitRequest, Prepared, PrepareRequest } from "./prepare-fit";

/** That many failed starts in a row in every slot say that the installation is broken. */
const FAILED_STARTS = 3;
export type PixelPool = {
  /** `probeImage` in another process. Throws PixelProcessDied, the signal's reason, or an Error with a system `code`. */
  probe(path: string, workDir: string, options?: { signal?: AbortSignal }): Promise<ProbeResult>;
  /** The built-in model in another process. Throws ModelError, and what `probe` throws. */
  make(request: IsolatedRequest, options?: { signal?: AbortSignal }): Promise<MadeImage>;
  /** Writes a picture as a provider takes it. Throws as `probe` does, and an Error for pixels that cannot be read. */
  prepare(request: PrepareRequest, options?: { signal?: AbortSignal }): Promise<Prepared>;
  /** Writes a provider's picture in the format and size that were asked for. Throws as `prepare` does. */
  fit(request: FitRequest, options?: { signal?: AbortSignal }): Promise<{ width: number; height: number }>;
  /** Ends the processes; jobs that are not done are rejected. */
  close(): Promise<void>;
  /** Of the processes that are up. */
  pids(): number[];
};

type Limits = {
  /** Processes, and so jobs at once. */
  size: number;
  /** Cap of one process while it probes; the job that goes over it dies with reason 'memory'. */
  maxRssBytes: number;
  /** The same while it edits, where whole pictures are held. */
  maxMakeRssBytes: number;
  /** Expected bytes of all jobs that run together; a job beyond it runs alone. */
  budgetBytes: number;
  /** A process that is not done by then is ended; the job dies with reason 'timeout'. */
  probeMs: number;
  makeMs: number;
};

const DEFAULTS: Omit<Limits, "size"> = {
  maxRssBytes: 700_000_000,
  maxMakeRssBytes: 2_400_000_000,
  budgetBytes: memoryBudget(),
  probeMs: IMAGE_LIMITS.decodeSeconds * 1_500,
  makeMs: 120_000,
};

type Waiting = {
  work: Work;
  /** Null until its header was read. */
  bytes: number | null;
  signal?: AbortSignal;
  abort: () => void;
  resolve: (finished: Finished) => void;
  reject: (error: unknown) => void;
};

type Slot = {
  child: PixelChild;
  state: "starting" | "idle" | "busy";
  failedStarts: number;
  /** What its process held after its last job; 0 for a fresh one. */
  rssBytes: number;
};
type Pool = { limits: Limits; slots: Slot[]; queue: Waiting[]; runningBytes: number; closed: boolean };

/** Starts `size` processes at once, so that the first picture finds one warm. */
export function createPixelPool(options: { size: number } & Partial<Limits>): PixelPool {
  const limits = { ...DEFAULTS, ...options };
  const pool: Pool = { limits, slots: [], queue: [], runningBytes: 0, closed: false };
  for (let i = 0; i < limits.size; i++) pool.slots.push(openSlot(pool));
  return {
    async probe(path, workDir, { signal } = {}) {
      const finished = await submit(pool, { kind: "probe", path, workDir }, signal);
      if (finished.kind === "probed") return finished.result;
      throw finished.kind === "failed" ? restoreFailure(finished.failure) : new PixelProcessDied("crashed");
    },
    async make(request, { signal } = {}) {
      const finished = await submit(pool, { kind: "make", request }, signal);
      if (finished.kind === "made") return finished.image;
      throw finished.kind === "failed" ? restoreFailure(finished.failure) : new PixelProcessDied("crashed");
    },
    async prepare(request, { signal } = {}) {
      const finished = await submit(pool, { kind: "prepare", ...request }, signal);
      if (finished.kind === "prepared") return finished.prepared;
      throw finished.kind === "failed" ? restoreFailure(finished.failure) : new PixelProcessDied("crashed");
    },
    async fit(request, { signal } = {}) {
      const finished = await submit(pool, { kind: "fit", ...request }, signal);
      if (finished.kind === "fitted") return finished.size;
      throw finished.kind === "failed" ? restoreFailure(finished.failure) : new PixelProcessDied("crashed");
    },
    async close() {
      pool.closed = true;
      rejectAll(pool, new Error("The pixel processes are shut down."));
      for (const { child } of pool.slots) child.kill();
      await Promise.all(pool.slots.map(({ child }) => child.exited));
    },
    pids: () => pool.slots.flatMap(({ child, state }) => (state === "starting" ? [] : (child.pid ?? []))),
  };
}

function submit(pool: Pool, work: Work, signal?: AbortSignal): Promise<Finished> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    if (pool.closed) throw new Error("The pixel processes are shut down.");
    const leave = (reason: unknown) => leaveQueue(pool, waiting, reason);
    const abort = () => leave(signal?.reason);
    const waiting: Waiting = { work, bytes: null, signal, abort, resolve, reject };
    // Its place in the queue is that of the call, however long its header takes to read.
    pool.queue.push(waiting);
    signal?.addEventListener("abort", abort);
    expectedBytes(work).then((bytes) => {
      waiting.bytes = bytes;
      pump(pool);
    }, leave);
  });
}

function leaveQueue(pool: Pool, waiting: Waiting, reason: unknown) {
  const at = pool.queue.indexOf(waiting);
  if (at === -1) return;
  pool.queue.splice(at, 1);
  waiting.reject(reason);
  pump(pool);
}

/** In order of arrival: a large picture waits for the running ones and is not overtaken for ever. */
function pump(pool: Pool) {
  for (;;) {
    const next = pool.queue[0];
    const slot = next && bestIdle(pool, next);
    if (!next || !slot || next.bytes === null) return;
    const { bytes } = next;
    if (pool.runningBytes > 0 && pool.runningBytes + bytes > pool.limits.budgetBytes) return;
    if (slot.rssBytes > 0 && slot.rssBytes + bytes > capOf(pool, next)) {
      // Memory fragments, and the model stays loaded: this picture needs a fresh process.
      endProcess(slot);
      continue;
    }
    pool.queue.shift();
    void carryOut(pool, slot, next, bytes);
  }
}

/** Edits go where the model is loaded already, probes where it is not: the largest or the smallest idle process. */
function bestIdle(pool: Pool, { work }: Waiting): Slot | undefined {
  const idle = pool.slots.filter(({ state }) => state === "idle");
  const bySize = idle.sort((a, b) => a.rssBytes - b.rssBytes);
  return work.kind === "make" ? bySize.at(-1) : bySize[0];
}

function capOf(pool: Pool, { work }: Waiting): number {
  return isLarge(work) ? pool.limits.maxMakeRssBytes : pool.limits.maxRssBytes;
}

/** Holds whole pictures, where the others work row by row. */
function isLarge({ kind }: Work): boolean {
  return kind === "make" || kind === "fit";
}

function endProcess(slot: Slot) {
  slot.state = "starting";
  slot.child.kill();
}

async function carryOut(pool: Pool, slot: Slot, waiting: Waiting, bytes: number) {
  const { work, signal, resolve, reject } = waiting;
  const { limits } = pool;
  slot.state = "busy";
  pool.runningBytes += bytes;
  signal?.removeEventListener("abort", waiting.abort);
  try {
    const deadlineMs = isLarge(work) ? limits.makeMs : limits.probeMs;
    const job = { work, maxRssBytes: capOf(pool, waiting) };
    const finished = await slot.child.run(job, { deadlineMs, signal });
    slot.rssBytes = finished.rssBytes;
    if (finished.rssBytes > limits.maxRssBytes) endProcess(slot);
    else slot.state = "idle";
    resolve(finished);
  } catch (error) {
    endProcess(slot);
    reject(error);
  }
  pool.runningBytes -= bytes;
  pump(pool);
}

function openSlot(pool: Pool): Slot {
  const slot: Slot = { child: startPixelChild(), state: "starting", failedStarts: 0, rssBytes: 0 };
  void watch(pool, slot);
  return slot;
}

/** Brings the slot's process up, waits for its end and puts another in its place, for as long as the pool is open. */
async function watch(pool: Pool, slot: Slot) {
  while (!pool.closed) {
    await slot.child.ready.then(
      () => {
        slot.failedStarts = 0;
        slot.state = "idle";
        pump(pool);
      },
      () => {
        slot.failedStarts += 1;
      },
    );
    await slot.child.exited;
    slot.state = "starting";
    slot.rssBytes = 0;
    if (pool.slots.every((one) => one.failedStarts >= FAILED_STARTS)) {
      rejectAll(pool, new PixelProcessDied("crashed"));
    }
    await pause(slot.failedStarts);
    if (!pool.closed) slot.child = startPixelChild();
  }
}

async function pause(failedStarts: number) {
  if (failedStarts === 0) return;
  await new Promise((resolve) => setTimeout(resolve, Math.min(10_000, 250 * 2 ** failedStarts)));
}

function rejectAll(pool: Pool, error: Error) {
  for (const waiting of pool.queue.splice(0)) waiting.reject(error);
}
