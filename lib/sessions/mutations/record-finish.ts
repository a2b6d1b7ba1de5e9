import "server-only";
import { eq } from "drizzle-orm";
import { db } from "@/db";
import { sessions } from "@/db/schema";
import { recordAudit } from "@/lib/audit";
import { log } from "@/lib/log";
import { countsOf } from "../counts";

/** Writes the end of a run into the record, with its counts. */
export async function recordFinish({ sessionId }: { sessionId: string }): Promise<void> {
  const [session] = await db().select().from(sessions).where(eq(sessions.id, sessionId));
  if (session?.state !== "finished") return;
  const counts = countsOf(session);
  await recordAudit(db(), {
    ownerId: session.ownerId,
    actor: "engine",
    action: "session.finish",
    sessionId,
    after: counts,
  });
  log.info("session finished", { sessionId, ...counts });
}
