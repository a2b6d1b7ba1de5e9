import "server-only";
import { recordAudit } from "@/lib/audit";
import { transact } from "@/lib/events";
import { dispatchReady } from "@/lib/items/mutations/dispatch";
import { ok, type Result } from "@/lib/result";
import { gone } from "../words";
import { changeSession } from "./change-session";

type Target = { userId: string; sessionId: string };

/** To the trash: gone from every page and link at once, restorable for 30 days. */
export async function deleteSession({ userId, sessionId }: Target): Promise<Result> {
  return transact(async (tx, emit) => {
    const result = await changeSession<Result>(tx, emit, { sessionId, ownerId: userId }, async () => {
      await recordAudit(tx, { ownerId: userId, action: "session.delete", sessionId });
      return { value: ok(), set: { deletedAt: new Date() } };
    });
    return result ?? gone();
  });
}

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
