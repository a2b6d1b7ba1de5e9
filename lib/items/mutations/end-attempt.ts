import "server-only";
import type { Outcome } from "../outcome";
import type { BegunAttempt } from "./begin-attempt";
import { returnItem } from "./return-item";
import { type Settled, settleAttempt } from "./settle-attempt";

/** Ends an attempt as its outcome says: settles it, or puts its item back when nothing was sent. */
export async function endAttempt(
  begun: BegunAttempt,
  outcome: Exclude<Outcome, { kind: "stale" }>,
): Promise<Settled | null> {
  if (outcome.kind !== "postponed") return settleAttempt(begun, outcome);
  const returned = await returnItem({ ...begun, why: "blocked" });
  return returned && { ...returned, answer: null };
}
