import { getPriority, setPriority } from "node:os";
import { probeImage } from "../probe";
import { describeFailure } from "./failures";
import { type Job, jobSchema, type Reply, type Work } from "./messages";
import { fitImage, prepareImage } from "./prepare-fit";

// Entry of a pixel process: one job at a time, over IPC. Whatever a file does here, it does to this process alone.

const RSS_CHECK_MS = 100;
let maxRssBytes = Number.POSITIVE_INFINITY;

// Pages and the queue come first on a small machine. Nobody may come further ahead than they were started.
setPriority(Math.max(getPriority(), 5));
process.on("disconnect", dieNow);
process.on("message", (message) => void work(jobSchema.parse(message)));
setInterval(checkMemory, RSS_CHECK_MS).unref();
reply({ kind: "ready" });

async function work(job: Job) {
  maxRssBytes = job.maxRssBytes;
  try {
    reply(await carryOut(job.work));
  } catch (error) {
    reply({ kind: "failed", failure: describeFailure(error), rssBytes: process.memoryUsage.rss() });
  } finally {
    maxRssBytes = Number.POSITIVE_INFINITY;
  }
}

async function carryOut(work: Work): Promise<Reply> {
  switch (work.kind) {
    case "probe": {
      const result = await probeImage(work.path, work.workDir);
      return { kind: "probed", result, rssBytes: process.memoryUsage.rss() };
    }
    case "prepare": {
      const prepared = await prepareImage(work);
      return { kind: "prepared", prepared, rssBytes: process.memoryUsage.rss() };
    }
    case "fit": {
      const size = await fitImage(work);
      return { kind: "fitted", size, rssBytes: process.memoryUsage.rss() };
    }
    case "make":
      return make(work.request);
  }
}

async function make(request: Extract<Work, { kind: "make" }>["request"]): Promise<Reply> {
  // The network and its runtime are loaded by the first picture that needs them.
  const { makeStudioImage } = await import("@/lib/models/studio/make");
  // Never aborted from inside: an abort ends this process.
  const image = await makeStudioImage(request, new AbortController().signal);
  return { kind: "made", image, rssBytes: process.memoryUsage.rss() };
}

function checkMemory() {
  if (process.memoryUsage.rss() <= maxRssBytes) return;
  process.send?.({ kind: "over-memory" } satisfies Reply, undefined, undefined, dieNow);
}

/** An orderly exit would wait for the decoder's threads. */
function dieNow() {
  process.kill(process.pid, "SIGKILL");
}

function reply(message: Reply) {
  process.send?.(message);
}
