import "server-only";
import { recordAudit } from "@/lib/audit";
import { transact } from "@/lib/events";
import { ok, type Result } from "@/lib/result";
import { canAfford } from "../can-afford";
import { gone } from "../words";
import { changeSession } from "./change-session";
import { resumeSession } from "./steer-session";

type Set = { resumed: boolean };

/**
 * Sets or takes away the stop of a session, in any state; micro-dollars, null: no stop. A run that stood at its stop
 * goes on when the new one leaves room for another image.
 */
export async function setBudget({
  userId,
  sessionId,
  budget,
}: {
  userId: string;
  sessionId: string;
  budget: number | null;
}): Promise<Result<Set>> {
  const room = await transact(async (tx, emit) =>
    changeSession(tx, emit, { sessionId, ownerId: userId }, async (session) => {
      const { state, pauseReason, budget: before } = session;
      await recordAudit(tx, {
        ownerId: userId,
        action: "session.budget",
        sessionId,
        before: { budget: before },
        after: { budget },
      });
      const stoodThere = state === "paused" && pauseReason === "budget";
      return { value: stoodThere && canAfford({ ...session, budget }), set: { budget } };
    }),
  );
  if (room === undefined) return gone();
  // A run that someone else set going meanwhile needs no resume.
  const resumed = room && (await resumeSession({ userId, sessionId })).ok;
  return ok({ resumed });
}
