import "server-only";
import { and, eq, gt, or, sql } from "drizzle-orm";
import { db } from "@/db";
import { throttles } from "@/db/schema";
import { TooManyTriesError } from "@/lib/errors";
import { hashSecret } from "@/lib/ids";
import { type Allowance, judgeTry } from "./tries";

type Try = Allowance & { key: string };

/** A key that names what is counted without keeping the address or e-mail itself. */
export function throttleKey(what: string, who: string): string {
  return `${what}:${hashSecret(who).slice(0, 32)}`;
}

const ageSeconds = sql<number>`extract(epoch from clock_timestamp() - ${throttles.windowStartedAt})`.mapWith(
  Number,
);

/**
 * Takes one try for a key before the guarded work is done, by the database clock, however many ask at once.
 * Throws TooManyTriesError (429, with the seconds to wait) when none is left. A refusal writes nothing.
 */
export async function takeTry({ key, limit, windowSeconds }: Try): Promise<void> {
  // Read without a lock first: whoever hammers a closed door must not queue up pool connections behind it.
  const [seen] = await db()
    .select({ count: throttles.count, ageSeconds })
    .from(throttles)
    .where(eq(throttles.key, key));
  if (seen) {
    const early = judgeTry(seen, { limit, windowSeconds });
    if (!early.allowed) throw new TooManyTriesError(early.retryAfterSeconds);
  }
  await db().insert(throttles).values({ key, count: 0 }).onConflictDoNothing();
  await db().transaction(async (tx) => {
    const [row] = await tx
      .select({ count: throttles.count, ageSeconds })
      .from(throttles)
      .where(eq(throttles.key, key))
      .for("update");
    const verdict = judgeTry(row ?? { count: 0, ageSeconds: 0 }, { limit, windowSeconds });
    if (!verdict.allowed) throw new TooManyTriesError(verdict.retryAfterSeconds);
    await tx
      .update(throttles)
      .set({
        count: verdict.count,
        ...(verdict.newWindow ? { windowStartedAt: sql`clock_timestamp()` } : {}),
      })
      .where(eq(throttles.key, key));
  });
}

/** Gives one try back: what was guarded turned out well. */
export async function returnTry({ key, limit }: Pick<Try, "key" | "limit">): Promise<void> {
  // The first try of a later window stays taken: one less would read as the window before, used up.
  const { count } = throttles;
  await db()
    .update(throttles)
    .set({ count: sql`${count} - 1` })
    .where(and(eq(throttles.key, key), gt(count, 0), or(eq(count, 1), sql`${count} % ${limit} <> 1`)));
}

/** Forgets every try of a key. */
export async function forgetTries(key: string): Promise<void> {
  await db().delete(throttles).where(eq(throttles.key, key));
}
