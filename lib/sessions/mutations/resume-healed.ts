import "server-only";
import { and, eq } from "drizzle-orm";
import { db } from "@/db";
import { sessions } from "@/db/schema";
import { transact } from "@/lib/events";
import { storage } from "@/lib/storage";
import { changeSession } from "./change-session";

/** Lets sessions go on that stopped because bytes could not be written, once they can be again. */
export async function resumeHealed(): Promise<number> {
  const stopped = await db()
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.state, "paused"), eq(sessions.pauseReason, "storage")));
  if (stopped.length === 0 || !(await storageIsWell())) return 0;
  for (const { id } of stopped) {
    await transact((tx, emit) =>
      changeSession(tx, emit, { sessionId: id }, async (session) =>
        session.state === "paused" && session.pauseReason === "storage"
          ? { value: true, set: { state: "running", pauseReason: null } }
          : null,
      ),
    );
  }
  return stopped.length;
}

async function storageIsWell(): Promise<boolean> {
  return storage()
    .check()
    .then(
      () => true,
      () => false,
    );
}
