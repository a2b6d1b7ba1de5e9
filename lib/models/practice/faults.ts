import { createHash } from "node:crypto";
import type { SessionSettings } from "@/lib/sessions/types";

/** A rehearsed bad day of a provider. */
export type PracticeFault =
  | { kind: "rate_limited"; retryAfterMs: number }
  | { kind: "overloaded" }
  | { kind: "timeout" }
  | { kind: "blocked" }
  | { kind: "wrong_size" };

/** Share of the items that meet one, as a whole number in so many. */
const ONE_IN = { off: Number.POSITIVE_INFINITY, some: 10, many: 3 } as const;

/** How often each comes among the faults, in percent. */
const KINDS = [
  { kind: "rate_limited", percent: 30 },
  { kind: "overloaded", percent: 20 },
  { kind: "timeout", percent: 15 },
  { kind: "blocked", percent: 15 },
  { kind: "wrong_size", percent: 20 },
] as const;

/** A passing fault is gone after this many attempts at the latest. */
const MOST_BAD_ATTEMPTS = 2;

/**
 * The fault an attempt meets, null for most. Pure: only the item and the number of the attempt decide, so a repeated
 * attempt meets the same one, and what goes wrong with `some` goes wrong with `many` too. What waiting heals is over
 * by the third attempt; a blocked item and a result of the wrong size stay, whatever the attempt.
 * @param attempt 1 for the first
 */
export function practiceFault({
  itemId,
  attempt,
  level,
}: {
  itemId: string;
  attempt: number;
  level: SessionSettings["practice"];
}): PracticeFault | null {
  const draws = createHash("sha256").update(itemId).digest();
  const draw = (index: number) => draws.readUInt32BE(index * 4) / 2 ** 32;
  if (draw(0) * ONE_IN[level] >= 1) return null;
  const kind = pickKind(draw(1) * 100);
  if (kind === "blocked" || kind === "wrong_size") return { kind };
  const badAttempts = 1 + Math.floor(draw(2) * MOST_BAD_ATTEMPTS);
  if (attempt > badAttempts) return null;
  return kind === "rate_limited" ? { kind, retryAfterMs: 2_000 + Math.floor(draw(3) * 4_000) } : { kind };
}

function pickKind(percent: number): PracticeFault["kind"] {
  let upTo = 0;
  for (const { kind, percent: share } of KINDS) {
    upTo += share;
    if (percent < upTo) return kind;
  }
  return "rate_limited";
}
