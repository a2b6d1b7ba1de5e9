import "server-only";
import { createHash } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import { db } from "@/db";
import { inputs, sessions } from "@/db/schema";
import { AppError, notFound } from "@/lib/errors";
import { transact } from "@/lib/events";
import { IMAGE_LIMITS } from "@/lib/images/constants";
import { changeSession } from "@/lib/sessions/mutations/change-session";
import { storage } from "@/lib/storage";
import { newUploadKey } from "@/lib/storage/keys";
import { dispatchProbes } from "./dispatch-probes";

type Upload = {
  userId: string;
  inputId: string;
  body: ReadableStream<Uint8Array>;
  declaredBytes: number | null;
};

/**
 * Streams one file to storage and queues its probe. The key is written to the row before the first byte, so that
 * no broken upload leaves bytes nobody knows of. Throws AppError: not_found, conflict (already here), bad_input
 * (too large, cut off), storage_full.
 */
export async function receiveUpload({ userId, inputId, body, declaredBytes }: Upload): Promise<void> {
  if (declaredBytes !== null && declaredBytes > IMAGE_LIMITS.maxBytes) throw tooLarge();
  const key = newUploadKey(userId);
  const { sessionId, sourceBytes } = await claim({ userId, inputId, key });
  const hash = createHash("sha256");
  try {
    const { size } = await storage().put(key, limited(body, hash));
    if (size !== (declaredBytes ?? size) || size !== sourceBytes) throw cutOff(size, sourceBytes);
  } catch (error) {
    await storage().delete([key]);
    throw error;
  }
  const kept = await settle({ sessionId, inputId, key, sha256: hash.digest("hex") });
  if (!kept) {
    await storage().delete([key]);
    throw alreadyHere();
  }
  await dispatchProbes();
}

async function claim({ userId, inputId, key }: { userId: string; inputId: string; key: string }) {
  const [before] = await db()
    .select({ state: inputs.state, uploadKey: inputs.uploadKey })
    .from(inputs)
    .innerJoin(sessions, and(eq(sessions.id, inputs.sessionId), isNull(sessions.deletedAt)))
    .where(and(eq(inputs.id, inputId), eq(inputs.ownerId, userId)));
  if (!before) throw notFound();
  const [row] = await db()
    .update(inputs)
    .set({ uploadKey: key, updatedAt: sql`now()` })
    .where(and(eq(inputs.id, inputId), eq(inputs.ownerId, userId), eq(inputs.state, "uploading")))
    .returning({ sessionId: inputs.sessionId, sourceBytes: inputs.sourceBytes });
  if (!row) throw alreadyHere();
  if (before.uploadKey) await storage().delete([before.uploadKey]);
  return row;
}

async function settle(upload: { sessionId: string; inputId: string; key: string; sha256: string }) {
  return transact((tx, emit) =>
    changeSession(tx, emit, { sessionId: upload.sessionId, deleted: true }, async (_, revision) => {
      const rows = await tx
        .update(inputs)
        .set({ state: "probing", uploadSha256: upload.sha256, revision, updatedAt: sql`now()` })
        .where(
          and(eq(inputs.id, upload.inputId), eq(inputs.state, "uploading"), eq(inputs.uploadKey, upload.key)),
        )
        .returning({ id: inputs.id });
      return rows.length > 0 ? { value: true } : null;
    }),
  );
}

/** Passes bytes on, hashes them, and breaks off at the first byte over the limit. */
async function* limited(body: ReadableStream<Uint8Array>, hash: ReturnType<typeof createHash>) {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > IMAGE_LIMITS.maxBytes) throw tooLarge();
    hash.update(chunk);
    yield chunk;
  }
}

function tooLarge() {
  return new AppError(
    "bad_input",
    `This file is over ${IMAGE_LIMITS.maxBytes / 1_000_000} MB. Your other files are kept. Make it smaller, then add it again.`,
  );
}

function cutOff(got: number, wanted: number) {
  return new AppError(
    "bad_input",
    `${got.toLocaleString("en")} of ${wanted.toLocaleString("en")} bytes arrived. Nothing of it was kept. Send the file again.`,
  );
}

function alreadyHere() {
  return new AppError("conflict", "This file is here already. Nothing was changed.");
}
