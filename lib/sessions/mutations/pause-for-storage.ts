import "server-only";
import { transact } from "@/lib/events";
import { changeSession } from "./change-session";

/** Nothing new begins while bytes cannot be written; `resumeHealed` lets it go on. */
export async function pauseForStorage(sessionId: string): Promise<void> {
  await transact((tx, emit) =>
    changeSession(tx, emit, { sessionId }, async (session) =>
      session.state === "running" ? { value: true, set: { state: "paused", pauseReason: "storage" } } : null,
    ),
  );
}
