import "server-only";
import { whileDatabaseAway } from "@/lib/database-away";
import { pixelPool } from "@/lib/images/process/shared-pool";
import { holdLine, leaveApart, waitForTurn } from "@/lib/limits/turnstile";
import { practiceFault } from "@/lib/models/practice/faults";
import { rehearse } from "@/lib/models/practice/rehearse";
import { type ImageModel, type MadeImage, type MakeRequest, ModelError } from "@/lib/models/types";
import { storage } from "@/lib/storage";
import type { Job } from "./make-result";
import { dispatch } from "./mutations/dispatch";
import { claimSend } from "./mutations/send-attempt";
import { requireModel, withRequest } from "./open-request";

/** Ends the work: the attempt was sent before, or its lease is gone. */
export class SendLost extends Error {}

/** Ends the work before anything was sent: the provider asked for silence. */
export class Postponed extends Error {}

/** Gets the pictures together and calls the model, once. Throws ModelError, SendLost, Postponed. */
export async function callModel(job: Job): Promise<MadeImage> {
  const { attempt, workDir } = job;
  const model = requireModel(attempt);
  try {
    return await withRequest(attempt, workDir, (request) => callWith(model, request, job));
  } catch (error) {
    if (job.sent && error instanceof ModelError) await tellRefusal(attempt.connection, error);
    throw error;
  }
}

/** An isolated model runs in the pixel process and takes no money: it is sent when its process is. */
async function callWith(model: ImageModel, request: MakeRequest, job: Job): Promise<MadeImage> {
  const { attempt, signal } = job;
  const send = () => sendAttempt(job);
  if (!model.isolated) return model.make(request, { signal, send });
  await send();
  const { itemId, number, settings } = attempt;
  const fault = practiceFault({ itemId, attempt: number, level: settings.practice });
  return rehearse(fault, (one) => pixelPool().make(one, { signal }))(request);
}

async function sendAttempt(job: Job): Promise<void> {
  const { attempt, begun, signal } = job;
  // An answer that cannot be stored would have to be paid for again.
  if (attempt.paid) await storage().check();
  for (;;) {
    const { connection, ownerId, units } = attempt;
    const turn = await waitForTurn(connection, { ownerId, sessionId: begun.sessionId, units, signal });
    if (turn === "silence") throw new Postponed();
    // Asked again after a commit nobody heard of it says "lost": then nothing is called, and the lease runs out.
    const claim = await whileDatabaseAway(() => claimSend(begun));
    if (claim === "lost") throw new SendLost();
    if (claim === "sent") break;
  }
  job.sent = true;
  await leaveApart(attempt.connection, { units: attempt.units, signal });
}

/** The limiter hears of a refusal before anything else is written, and nobody leaves meanwhile. */
async function tellRefusal(connection: string, { code, extra }: ModelError): Promise<void> {
  if (code !== "rate_limited") return;
  const { retryAfterMs = 0, observed } = extra;
  const answer = { kind: code, retryAfterMs, observed } as const;
  await holdLine(
    connection,
    whileDatabaseAway(() => dispatch(connection, { answer })),
  );
}
