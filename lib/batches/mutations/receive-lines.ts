import "server-only";
import { describeFailure } from "@/lib/items/describe-failure";
import { dispatch } from "@/lib/items/mutations/dispatch";
import { settleAttempt } from "@/lib/items/mutations/settle-attempt";
import { log } from "@/lib/log";
import type { ProviderBatches, ResultLine } from "@/lib/models/provider-batches";
import { ModelError } from "@/lib/models/types";
import { SURE_AFTER } from "../constants";
import type { BatchJob } from "../job";
import { troubleSeconds } from "../poll-seconds";
import { type OpenLine, openLines } from "../queries/batch-lines";
import { letGo } from "./hold-batch";
import { keepAnswer } from "./keep-answer";
import { type ComeBack, returnLines } from "./return-lines";

type Answered = Extract<ResultLine, { kind: "answered" }>;

/**
 * Reads the files of a batch that is over, line by line, and stores every answer before the next one is read. Goes on
 * where it was cut off: answers that are stored are read over. Lines in neither file were not made, or their answers
 * are lost.
 */
export async function receiveLines(job: BatchJob, provider: ProviderBatches): Promise<void> {
  const { batch } = job;
  const open = new Map((await openLines(batch, "unanswered")).map((line) => [line.attemptId, line]));
  const back: ComeBack[] = [];
  let made = 0;
  for (const fileId of [batch.outputFileId, batch.errorFileId]) {
    if (!fileId) continue;
    for await (const line of readFile(job, provider, fileId)) {
      if (line.kind === "answered" && line.status < 300) made += 1;
      const wanted = take(open, line, batch.id);
      if (!wanted) continue;
      const comes = line.kind === "answered" ? await answered(job, provider, wanted, line) : unmade(wanted);
      if (comes) back.push(comes);
    }
  }
  // More were made than came: any of those that are missing may be one of them.
  const lost = batch.doneLines > made;
  back.push(...[...open.values()].map((line) => (lost ? lostAnswer(line) : unmade(line))));
  await returnLines(batch.sessionId, { lines: back, pause: pauseOf(back) });
  const left = (await openLines(batch, "unanswered")).length;
  const troubles = left > 0 ? batch.troubles + 1 : 0;
  await letGo(batch, { set: { troubles }, inSeconds: left > 0 ? troubleSeconds(troubles) : 0 });
  // What left the lane meanwhile does not wait for the others to be finished.
  if (back.length > 0) await dispatch(batch.connection);
}

async function* readFile({ batch, workDir, signal }: BatchJob, provider: ProviderBatches, fileId: string) {
  try {
    yield* provider.results(fileId, { workDir, signal });
  } catch (error) {
    const isGone = error instanceof ModelError && /^404\b/.test(error.extra.details ?? "");
    if (!isGone || batch.troubles < SURE_AFTER) throw error;
    log.warn("a file of results is gone from the provider", { batchId: batch.id, fileId });
  }
}

/** The open line that a line of a file is about, once. */
function take(open: Map<string, OpenLine>, line: ResultLine, batchId: string): OpenLine | null {
  if (line.kind === "garbage") {
    log.warn("a line of a batch's results cannot be read", { batchId, why: line.why });
    return null;
  }
  const wanted = open.get(line.customId) ?? null;
  open.delete(line.customId);
  return wanted;
}

/** Stores what was made. Answers what has to come back instead. */
async function answered(
  job: BatchJob,
  provider: ProviderBatches,
  line: OpenLine,
  result: Answered,
): Promise<ComeBack | null> {
  if (result.status >= 200 && result.status < 300) return keepAnswer(job, provider, { line, result });
  return refused(line, provider.refusalOf(result));
}

const TRANSIENT: readonly string[] = ["rate_limited", "overloaded", "timeout"];

/** Nothing of a refused line is charged: what another try may heal waits for the next batch, the rest has failed. */
async function refused(line: OpenLine, error: ModelError): Promise<ComeBack | null> {
  const { code, words, extra } = error;
  if (TRANSIENT.includes(code)) {
    return { ...line, code: "unmade", words, details: extra.details, charge: "none" };
  }
  if (code === "auth" || code === "quota_exhausted") {
    return { ...line, code, words, details: extra.details, charge: "none" };
  }
  const outcome = describeFailure(error);
  if (outcome.kind === "failed") await settleAttempt(line, outcome);
  return null;
}

function unmade(line: OpenLine): ComeBack {
  return { ...line, code: "unmade", words: UNMADE, charge: "none" };
}

function lostAnswer(line: OpenLine): ComeBack {
  return { ...line, code: "lost", words: LOST, charge: "maybe" };
}

const UNMADE = "The batch ended before this image was made. Nothing was charged; it waits for the next one.";
const LOST =
  "The provider says it made this image, and its answer never came, so it may have been charged. Your image is kept. Retry makes one more call.";

/** A refusal of the key or an empty account concerns every item. */
function pauseOf(back: readonly ComeBack[]): "auth" | "quota_exhausted" | null {
  if (back.some(({ code }) => code === "auth")) return "auth";
  return back.some(({ code }) => code === "quota_exhausted") ? "quota_exhausted" : null;
}
