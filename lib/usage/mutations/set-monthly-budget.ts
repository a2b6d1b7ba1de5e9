import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { db } from "@/db";
import { sessions, users } from "@/db/schema";
import { recordAudit } from "@/lib/audit";
import { ok, type Result } from "@/lib/result";
import { resumeSession } from "@/lib/sessions/mutations/steer-session";
import { capOf, leftOf } from "../cap";
import { monthUsage } from "../queries/month-usage";

/**
 * Sets what a month (UTC) may cost a person, micro-dollars; null: no stop of their own, the installation's holds.
 * Sessions that stood still because of the month go on when there is room for something again.
 */
export async function setMonthlyBudget({
  userId,
  budget,
}: {
  userId: string;
  budget: number | null;
}): Promise<Result<{ resumed: number; cap: number | null }>> {
  await db().transaction(async (tx) => {
    const [before] = await tx
      .select({ budget: users.monthlyBudget })
      .from(users)
      .where(eq(users.id, userId))
      .for("update");
    await tx.update(users).set({ monthlyBudget: budget }).where(eq(users.id, userId));
    await recordAudit(tx, {
      ownerId: userId,
      action: "month.budget",
      before: { budget: before?.budget ?? null },
      after: { budget },
    });
  });
  const month = await monthUsage({ userId });
  const cap = capOf(month);
  const left = leftOf(month);
  const resumed = left === null || left > 0 ? await resumePaused(userId) : 0;
  return ok({ resumed, cap });
}

/** One by one: each locks its own session and hands out its own images. Repeating it changes nothing. */
async function resumePaused(userId: string): Promise<number> {
  const paused = await db()
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        eq(sessions.ownerId, userId),
        eq(sessions.state, "paused"),
        eq(sessions.pauseReason, "month_budget"),
        isNull(sessions.deletedAt),
      ),
    )
    .orderBy(sessions.updatedAt);
  let resumed = 0;
  for (const { id } of paused) {
    const result = await resumeSession({ userId, sessionId: id });
    if (result.ok) resumed += 1;
  }
  return resumed;
}
