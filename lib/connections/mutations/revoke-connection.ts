import "server-only";
import { eq, sql } from "drizzle-orm";
import { connections } from "@/db/schema/connections";
import { recordAudit } from "@/lib/audit";
import { transact } from "@/lib/events";
import { ok, type Result } from "@/lib/result";
import { gone, lockRow } from "./edit-connections";
import { pauseSessionsOn } from "./pause-sessions";

/**
 * Takes a connection away: its key is erased in this transaction, and running sessions on it pause. Calls that are
 * under way end. Answers how many sessions paused.
 */
export async function revokeConnection({
  userId,
  id,
}: {
  userId: string;
  id: string;
}): Promise<Result<{ paused: number }>> {
  return transact(async (tx, emit) => {
    const row = await lockRow(tx, { userId, id });
    if (!row) return gone();
    await tx
      .update(connections)
      .set({ revokedAt: sql`now()`, sealedKey: null, keyLast4: null, models: [] })
      .where(eq(connections.id, id));
    await recordAudit(tx, { ownerId: userId, action: "connection.revoke", before: { connection: id } });
    return ok({ paused: await pauseSessionsOn(tx, emit, { key: id, ownerId: userId }) });
  });
}
