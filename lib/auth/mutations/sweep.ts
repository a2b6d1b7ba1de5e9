import "server-only";
import { lt, or, sql } from "drizzle-orm";
import { db } from "@/db";
import { logins, ownerLinks, throttles } from "@/db/schema";
import { LOGIN_IDLE_SECONDS } from "../constants";

/** Housekeeping of sign-in: counters long over, used-up owner links, logins that ended more than a week ago. */
export async function sweepThrottles(): Promise<void> {
  const aWeekAgo = sql`now() - interval '7 days'`;
  await db().delete(throttles).where(lt(throttles.windowStartedAt, sql`now() - interval '1 day'`));
  await db().delete(ownerLinks).where(lt(ownerLinks.expiresAt, aWeekAgo));
  await db()
    .delete(logins)
    .where(
      or(
        lt(logins.expiresAt, aWeekAgo),
        lt(logins.revokedAt, aWeekAgo),
        lt(logins.lastSeenAt, sql`${aWeekAgo} - make_interval(secs => ${LOGIN_IDLE_SECONDS})`),
      ),
    );
}
