import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { whileDatabaseAway } from "@/lib/database-away";
import { LINE_ASKS_EVERY_MS } from "./constants";
import { takeTurns } from "./mutations";

/** Calls asked for with one statement. */
const MOST_AT_ONCE = 64;

type Caller = { units: number; leave(how: "go" | "silence"): void; fail(error: unknown): void };
type Line = { callers: Caller[]; moving: boolean; holds: Set<Promise<unknown>> };

/** Calls of this process that are ready to leave, in the order they came; one line for each connection. */
const lines = new Map<string, Line>();

/**
 * Waits until a call of `units` images may leave. Only the front of a line asks the database, at the last moment, so
 * nobody in it holds a turn of an older pace. "silence": the provider asked for more of it than is worth waiting for here.
 */
export function waitForTurn(
  connection: string,
  { units, signal }: { units: number; signal: AbortSignal },
): Promise<"go" | "silence"> {
  const line = lineOf(connection);
  return new Promise((resolve, reject) => {
    const leaveLine = () => {
      line.callers = line.callers.filter((one) => one !== caller);
      reject(signal.reason);
    };
    const caller: Caller = {
      units,
      leave: (how) => {
        signal.removeEventListener("abort", leaveLine);
        resolve(how);
      },
      fail: reject,
    };
    signal.addEventListener("abort", leaveLine, { once: true });
    line.callers.push(caller);
    void move(connection, line);
  });
}

/** Nobody in this process leaves for the connection before `learnt` has ended: a refusal came, and its news is on the way. */
export async function holdLine(connection: string, learnt: Promise<unknown>): Promise<void> {
  const line = lineOf(connection);
  line.holds.add(learnt);
  await learnt.catch(() => undefined);
  line.holds.delete(learnt);
  void move(connection, line);
}

function lineOf(connection: string): Line {
  const line = lines.get(connection) ?? { callers: [], moving: false, holds: new Set() };
  lines.set(connection, line);
  return line;
}

async function move(connection: string, line: Line): Promise<void> {
  if (line.moving) return;
  line.moving = true;
  try {
    while (line.callers.length > 0 && line.holds.size === 0) await letGo(connection, line);
  } catch (error) {
    for (const caller of line.callers.splice(0)) caller.fail(error);
  }
  line.moving = false;
  if (line.callers.length === 0 && line.holds.size === 0) lines.delete(connection);
}

async function letGo(connection: string, line: Line): Promise<void> {
  const asked = line.callers.slice(0, MOST_AT_ONCE);
  const { waits, askInMs, silence } = await whileDatabaseAway(() =>
    takeTurns(
      connection,
      asked.map(({ units }) => units),
    ),
  );
  if (silence) {
    for (const caller of line.callers.splice(0)) caller.leave("silence");
    return;
  }
  const going = asked.slice(0, waits.length);
  line.callers = line.callers.filter((caller) => !going.includes(caller));
  for (const [at, caller] of going.entries()) {
    setTimeout(() => leaveNow(connection, { line, caller }), waits[at]);
  }
  if (going.length < asked.length) await sleep(Math.min(Math.max(askInMs, 1), LINE_ASKS_EVERY_MS));
}

/** A turn from before a refusal is worth nothing any more. */
function leaveNow(connection: string, { line, caller }: { line: Line; caller: Caller }): void {
  if (line.holds.size === 0) {
    caller.leave("go");
    return;
  }
  line.callers.unshift(caller);
  lines.set(connection, line);
}
