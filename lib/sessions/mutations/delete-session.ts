import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import type { Transaction } from "@/db";
import { sessions } from "@/db/schema";
import { recordAudit } from "@/lib/audit";
import { callOffBatches } from "@/lib/batches/mutations/call-off-batches";
import { transact } from "@/lib/events";
import { dispatchReady } from "@/lib/items/mutations/dispatch";
import { ok, type Result, refused } from "@/lib/result";
import { gone } from "../words";
import { changeSession } from "./change-session";

type Target = { userId: string; sessionId: string };

/**
 * To the trash: gone from every page and link at once, restorable for 30 days. With `memberId` only what that person
 * made: the rest of a workspace is its owner's to delete.
 */
export async function deleteSession({
  userId,
  sessionId,
  memberId,
}: Target & { memberId?: string }): Promise<Result> {
  return transact(async (tx, emit) => {
    // Looked at before the change: a refusal must not move the session up in the list.
    if (memberId && !(await isMadeBy(tx, { sessionId, userId, memberId }))) {
      return refused("not_owner", NOT_YOURS);
    }
    const result = await changeSession<Result>(
      tx,
      emit,
      { sessionId, ownerId: userId },
      async ({ batched }) => {
        if (batched) await callOffBatches(tx, emit, { sessionId });
        await recordAudit(tx, { ownerId: userId, action: "session.delete", sessionId });
        return { value: ok(), set: { deletedAt: new Date() } };
      },
    );
    return result ?? gone();
  });
}

/** True for a session that is not there, too: what follows says so. */
async function isMadeBy(
  tx: Transaction,
  { sessionId, userId, memberId }: Target & { memberId: string },
): Promise<boolean> {
  const [row] = await tx
    .select({ createdBy: sessions.createdBy })
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), eq(sessions.ownerId, userId), isNull(sessions.deletedAt)));
  return row === undefined || row.createdBy === memberId;
}

const NOT_YOURS =
  "Somebody else made this session. Only they and the owner of this workspace can delete it. It is still here.";

/** Back from the trash. A session that was running goes on. */
export async function restoreSession({ userId, sessionId }: Target): Promise<Result> {
  const result = await transact(async (tx, emit) => {
    const restored = await changeSession<Result>(
      tx,
      emit,
      { sessionId, ownerId: userId, deleted: true },
      async () => {
        await recordAudit(tx, { ownerId: userId, action: "session.restore", sessionId });
        return { value: ok(), set: { deletedAt: null } };
      },
    );
    return restored ?? gone();
  });
  if (result.ok) await dispatchReady({ sessionId });
  return result;
}
