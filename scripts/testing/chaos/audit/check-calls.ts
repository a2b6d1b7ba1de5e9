import type { Attempt } from "@/db/schema";
import type { Call } from "../../fake-provider/log/call";
import type { Facts } from "./facts";

/** A clean answer that took this long is a matter of the deadline. */
const SLACK_MS = 250;

/** Every call has its attempt, written before and called once (I3, R15). */
export function checkCalls({ calls, attempts }: Facts): string[] {
  const known = new Map(attempts.map((attempt) => [attempt.id, attempt]));
  const seen = new Set<string>();
  return calls.flatMap((call) => {
    const id = call.clientRequestId ?? "";
    const attempt = known.get(id);
    const twice = seen.has(id);
    seen.add(id);
    return [
      ...(attempt ? [] : [`call ${call.number} belongs to no attempt (${id})`]),
      ...(attempt && !attempt.sentAt ? [`call ${call.number}: its attempt ${id} was never sent`] : []),
      ...(twice ? [`attempt ${id} called twice`] : []),
      ...(call.retryCount > 0 ? [`call ${call.number} is a retry of the SDK`] : []),
    ];
  });
}

/** No more calls than items, definite failures and one repeat of an unknown outcome for each item (R16, R17). */
export function checkRepeats({ items, attempts, calls, strikes, size }: Facts): string[] {
  const definite = attempts.filter((attempt) => isDefiniteFailure(attempt)).length;
  const unknown = attempts.filter(({ charge }) => charge === "maybe");
  const most = size.items + definite + unknown.length;
  const deaths = strikes.filter(({ target }) => target === "worker").length;
  const lost = unknown.filter(({ outcome }) => outcome === "lost").length;
  return [
    ...(calls.length <= most ? [] : [`${calls.length} calls, at most ${most} are explained`]),
    ...(lost <= deaths * CONCURRENCY
      ? []
      : [`${lost} calls lost with ${deaths} workers of ${CONCURRENCY} calls each`]),
    ...items
      .filter(({ id }) => unknown.filter(({ itemId }) => itemId === id).length > 2)
      .map(({ number }) => `item ${number} was repeated twice after unknown outcomes`),
  ];
}

/** Calls at once, for the whole rig. */
export const CONCURRENCY = 8;

/** What the provider charged is charged or perhaps charged; what it did not charge is not charged for sure. */
export function checkCharges({ calls, attempts }: Facts): string[] {
  const known = new Map(attempts.map((attempt) => [attempt.id, attempt]));
  return calls.flatMap(({ number, charged, clientRequestId, fault }) => {
    const charge = known.get(clientRequestId ?? "")?.charge;
    const wrong = charged ? charge === "none" : charge === "charged";
    return wrong
      ? [`call ${number} (${fault ?? "clean"}) was ${charged ? "" : "not "}charged: ${charge}`]
      : [];
  });
}

/** No whole answer is lost but to the death of a worker, and no attempt is given up while its worker lives. */
export function checkLosses({ calls, attempts, strikes, timeoutMs }: Facts): string[] {
  const byAttempt = callsOf(calls);
  const deaths = strikes.filter(({ target }) => target === "worker").map(({ at }) => at);
  const died = (from: number, to: number) => deaths.some((at) => at >= from - SLACK_MS && at <= to);
  return attempts.flatMap((attempt) => {
    const [from, to] = [attempt.startedAt.getTime(), attempt.finishedAt?.getTime() ?? Date.now()];
    const call = byAttempt.get(attempt.id);
    const took = to - (attempt.sentAt?.getTime() ?? to);
    const late = attempt.errorCode === "timeout" && took >= timeoutMs - SLACK_MS;
    if (died(from, to) || late || attempt.outcome === "completed") return [];
    const where = `attempt ${attempt.id} (${attempt.outcome} ${attempt.errorCode} ${attempt.errorWords})`;
    if (attempt.outcome === "lost") return [`${where} was lost after ${to - from} ms while its worker lived`];
    if (!call) return [`${where} ended without a call`];
    return isWhole(call) ? [`${where} lost the answer of call ${call.number}`] : [];
  });
}

export function callsOf(calls: Call[]): Map<string, Call> {
  return new Map(calls.map((call) => [call.clientRequestId ?? "", call]));
}

/** A good picture that left the provider in full. */
function isWhole({ status, fault, abortedByClient, cutByServer }: Call): boolean {
  return status === 200 && fault === null && !abortedByClient && !cutByServer;
}

function isDefiniteFailure({ sentAt, outcome, charge }: Attempt): boolean {
  return sentAt !== null && (outcome === "failed" || outcome === "blocked") && charge !== "maybe";
}
