import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { db } from "@/db";
import { inputs, sessions } from "@/db/schema";
import { AppError, notFound } from "@/lib/errors";
import { transact } from "@/lib/events";
import { IMAGE_LIMITS } from "@/lib/images/constants";
import { changeSession } from "@/lib/sessions/mutations/change-session";
import { storage } from "@/lib/storage";

export type Waiting = { sessionId: string; sourceBytes: number; uploadKey: string | null };

/** An input whose bytes are still to come. Throws AppError: not_found, conflict (they are here). */
export async function findWaiting({
  userId,
  inputId,
}: {
  userId: string;
  inputId: string;
}): Promise<Waiting> {
  const [row] = await db()
    .select({
      state: inputs.state,
      uploadKey: inputs.uploadKey,
      sessionId: inputs.sessionId,
      sourceBytes: inputs.sourceBytes,
    })
    .from(inputs)
    .innerJoin(sessions, and(eq(sessions.id, inputs.sessionId), isNull(sessions.deletedAt)))
    .where(and(eq(inputs.id, inputId), eq(inputs.ownerId, userId)));
  if (!row) throw notFound();
  if (row.state !== "uploading") throw alreadyHere();
  return row;
}

/**
 * Writes down where the bytes of an input will lie, before the first of them, so that no broken upload leaves bytes
 * nobody knows of. What an earlier try left is deleted. Throws AppError: not_found, conflict (they are here).
 */
export async function claimUpload({
  userId,
  inputId,
  key,
}: {
  userId: string;
  inputId: string;
  key: string;
}) {
  const before = await findWaiting({ userId, inputId });
  const [row] = await db()
    .update(inputs)
    .set({ uploadKey: key, updatedAt: sql`now()` })
    .where(and(eq(inputs.id, inputId), eq(inputs.ownerId, userId), eq(inputs.state, "uploading")))
    .returning({ sessionId: inputs.sessionId, sourceBytes: inputs.sourceBytes });
  if (!row) throw alreadyHere();
  if (before.uploadKey) await storage().delete([before.uploadKey]);
  return row;
}

type Arrived = { sessionId: string; inputId: string; key: string; sha256: string | null };

/** The bytes are whole: on to the probe. False when another upload of the same input was first. */
export async function settleUpload({ sessionId, inputId, key, sha256 }: Arrived): Promise<boolean> {
  const settled = await transact((tx, emit) =>
    changeSession(tx, emit, { sessionId, deleted: true }, async (_, revision) => {
      const rows = await tx
        .update(inputs)
        .set({ state: "probing", uploadSha256: sha256, revision, updatedAt: sql`now()` })
        .where(and(eq(inputs.id, inputId), eq(inputs.state, "uploading"), eq(inputs.uploadKey, key)))
        .returning({ id: inputs.id });
      return rows.length > 0 ? { value: true } : null;
    }),
  );
  return settled === true;
}

export function tooLarge() {
  return new AppError(
    "bad_input",
    `This file is over ${IMAGE_LIMITS.maxBytes / 1_000_000} MB. Your other files are kept. Make it smaller, then add it again.`,
  );
}

export function cutOff(got: number, wanted: number) {
  return new AppError(
    "bad_input",
    `${got.toLocaleString("en")} of ${wanted.toLocaleString("en")} bytes arrived. Nothing of it was kept. Send the file again.`,
  );
}

export function alreadyHere() {
  return new AppError("conflict", "This file is here already. Nothing was changed.");
}
