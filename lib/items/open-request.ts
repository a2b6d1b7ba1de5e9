import "server-only";
import { createHash } from "node:crypto";
import { type ImageModel, type MakeRequest, ModelError, type SourceImage } from "@/lib/models/types";
import { storage } from "@/lib/storage";
import type { AttemptToMake } from "./queries/attempt-to-make";

type Picture = NonNullable<AttemptToMake["source"]>;

/** The model of an attempt. Throws ModelError for what cannot be asked of it, whatever is sent. */
export function requireModel(attempt: AttemptToMake): ImageModel {
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

/** What is asked for, with its pictures as local files until `work` has ended. Throws ModelError, and what it throws. */
export async function withRequest<T>(
  attempt: AttemptToMake,
  workDir: string,
  work: (request: MakeRequest) => Promise<T>,
): Promise<T> {
  const files = openFiles();
  try {
    const request = requestOf(attempt);
    return await work({
      ...request,
      workDir,
      source: attempt.source ? await files.open(attempt.source) : null,
      references: await Promise.all(attempt.attached.references.map(files.open)),
      mask: attempt.attached.mask ? await files.open(attempt.attached.mask) : null,
    });
  } finally {
    await files.release();
  }
}

/** The same with pictures that nobody opens: their paths are empty. */
export function requestOf(attempt: AttemptToMake): Omit<MakeRequest, "workDir"> {
  const closed = ({ format, width, height, alpha }: Picture): SourceImage => ({
    path: "",
    format,
    width,
    height,
    alpha,
  });
  return {
    prompt: attempt.prompt,
    output: attempt.settings.output,
    provider: attempt.settings.provider,
    source: attempt.source && closed(attempt.source),
    references: attempt.attached.references.map(closed),
    mask: attempt.attached.mask && closed(attempt.attached.mask),
    seed: attempt.seed,
    attemptId: attempt.id,
    endUser: createHash("sha256").update(attempt.ownerId).digest("hex").slice(0, 32),
  };
}

/** Local copies of stored pictures, released together. */
function openFiles() {
  const opened: { release(): Promise<void> }[] = [];
  return {
    async open({ key, format, width, height, alpha }: Picture): Promise<SourceImage> {
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
