import "server-only";
import { createHash } from "node:crypto";
import { whileDatabaseAway } from "@/lib/database-away";
import { pixelPool } from "@/lib/images/process/shared-pool";
import type { StoredSource } from "@/lib/inputs/types";
import { holdLine, leaveApart, waitForTurn } from "@/lib/limits/turnstile";
import { practiceFault } from "@/lib/models/practice/faults";
import { rehearse } from "@/lib/models/practice/rehearse";
import {
  type ImageModel,
  type MadeImage,
  type MakeRequest,
  ModelError,
  type SourceImage,
} from "@/lib/models/types";
import { storage } from "@/lib/storage";
import type { Job } from "./make-result";
import { dispatch } from "./mutations/dispatch";
import { claimSend } from "./mutations/send-attempt";

/** Ends the work: the attempt was sent before, or its lease is gone. */
export class SendLost extends Error {}

/** Ends the work before anything was sent: the provider asked for silence. */
export class Postponed extends Error {}

/** Gets the pictures together and calls the model, once. Throws ModelError, SendLost, Postponed. */
export async function callModel(job: Job): Promise<MadeImage> {
  const { attempt } = job;
  const model = requireModel(job);
  const files = openFiles();
  try {
    const request: MakeRequest = {
      prompt: attempt.prompt,
      output: attempt.settings.output,
      provider: attempt.settings.provider,
      source: attempt.source ? await files.open(attempt.source) : null,
      references: await Promise.all(attempt.attached.references.map(files.open)),
      mask: attempt.attached.mask ? await files.open(attempt.attached.mask) : null,
      seed: attempt.seed,
      attemptId: attempt.id,
      endUser: createHash("sha256").update(attempt.ownerId).digest("hex").slice(0, 32),
      workDir: job.workDir,
    };
    return await callWith(model, request, job);
  } catch (error) {
    if (job.sent && error instanceof ModelError) await tellRefusal(attempt.connection, error);
    throw error;
  } finally {
    await files.release();
  }
}

function requireModel({ attempt }: Job): ImageModel {
  const { model, prompt, settings, hasSource, source } = attempt;
  if (!model) {
    const words = `The model “${settings.model}” or its connection is not here any more. Choose another one.`;
    throw new ModelError("bad_request", words);
  }
  if (!prompt) throw new ModelError("bad_request", "This image has no prompt. Write one, then retry.");
  if (hasSource && !source) throw new ModelError("bad_request", SOURCE_GONE);
  if (!hasSource && !model.capabilities.textToImage) {
    const words = `${model.label} edits pictures and this row has none. Choose a model that makes pictures from text.`;
    throw new ModelError("bad_request", words);
  }
  return model;
}

const SOURCE_GONE = "The bytes of the source are gone from the storage. Add the file again.";

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

/** Local copies of stored pictures, released together. */
function openFiles() {
  const opened: { release(): Promise<void> }[] = [];
  return {
    async open({ key, format, width, height, alpha }: StoredSource): Promise<SourceImage> {
      const file = await storage().localFile(key);
      if (!file) throw new ModelError("bad_request", SOURCE_GONE);
      opened.push(file);
      return { path: file.path, format, width, height, alpha };
    },
    async release() {
      await Promise.all(opened.map((file) => file.release()));
    },
  };
}
