import "server-only";
import { describeFailure } from "@/lib/items/describe-failure";
import { markReceived } from "@/lib/items/mutations/send-attempt";
import { settleAttempt } from "@/lib/items/mutations/settle-attempt";
import { requestOf } from "@/lib/items/open-request";
import { attemptToMake } from "@/lib/items/queries/attempt-to-make";
import type { ProviderBatches, ResultLine } from "@/lib/models/provider-batches";
import { type MadeImage, ModelError } from "@/lib/models/types";
import { storage } from "@/lib/storage";
import { resultKey } from "@/lib/storage/keys";
import type { BatchJob } from "../job";
import type { OpenLine } from "../queries/batch-lines";
import type { ComeBack } from "./return-lines";

type Answered = Extract<ResultLine, { kind: "answered" }>;

/**
 * Stores what a line made under its attempt's key and writes that down, as for a call of its own; it becomes a result
 * later (`finishLines`). Answers what has to come back instead: an answer that holds no picture. A full disk is thrown.
 */
export async function keepAnswer(
  { workDir, signal }: BatchJob,
  provider: ProviderBatches,
  { line, result }: { line: OpenLine; result: Answered },
): Promise<ComeBack | null> {
  const attempt = await attemptToMake(line, { answered: true });
  if (!attempt) return null;
  let made: MadeImage;
  try {
    made = await provider.finish({ ...requestOf(attempt), workDir }, result, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ModelError) return unusable(line, error);
    throw error;
  }
  const { path, observed: _, ...received } = made;
  const key = resultKey(attempt.ownerId, line.attemptId);
  await storage().putFile(key, path);
  if (!(await markReceived(line, received))) await storage().delete([key]);
  return null;
}

/** It was made and charged, and is no picture: one more try at most. */
async function unusable(line: OpenLine, error: ModelError): Promise<ComeBack | null> {
  const { code, words, extra } = error;
  if (extra.charge === "maybe") return { ...line, code, words, details: extra.details, charge: "maybe" };
  const outcome = describeFailure(error);
  if (outcome.kind === "failed") await settleAttempt(line, outcome);
  return null;
}
