import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { whileDatabaseAway } from "@/lib/database-away";
import { fairOrder, type Waiting } from "./fair-order";
import { takeTurns } from "./mutations";
import { rescaleTat, type Turn } from "./pace";
import { aheadFor, askAgainIn, leaveAt } from "./turns";

/** How long it counts who left: a session that came meanwhile is level with the others after so many calls. */
const RECENT_MS = 5_000;

/** Calls asked for with one statement. */
const MOST_AT_ONCE = 64;

type Caller = Waiting & { units: number; leave(how: "go" | "silence"): void; fail(error: unknown): void };
type Line = {
  callers: Caller[];
  /** Who had a turn within the last RECENT_MS, oldest first; `at` in ms of `performance`. */
  left: (Waiting & { at: number })[];
  moving: boolean;
  /** News of refusals on its way, and how many there were so far. */
  holds: Set<Promise<unknown>>;
  refusals: number;
  /** How long the last question took. */
  tookMs: number;
  /** Pace of the last turns, and the theoretical arrival time of calls as they really left here, ms of `performance`. */
  pace: Turn | null;
  leftTat: number;
};

/** Calls of this process that are ready to leave; one line for each connection. */
const lines = new Map<string, Line>();

/**
 * Waits until a call of `units` images may leave; the owners and sessions in line take turns (`fairOrder`). Only the front of a line asks the database, at the last moment, so
 * nobody in it holds a turn of an older pace. "silence": the provider asked for more of it than is worth waiting for here.
 */
export function waitForTurn(
  connection: string,
  { signal, ...asked }: Waiting & { units: number; signal: AbortSignal },
): Promise<"go" | "silence"> {
  const line = lineOf(connection);
  return new Promise((resolve, reject) => {
    const leaveLine = () => {
      line.callers = line.callers.filter((one) => one !== caller);
      reject(signal.reason);
    };
    const caller: Caller = {
      ...asked,
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
  line.refusals += 1;
  await learnt.catch(() => undefined);
  line.holds.delete(learnt);
  void move(connection, line);
}

/**
 * The last step before a call leaves: what got its turn and was then held up, by a slow database or a busy machine,
 * does not leave in a crowd with the next. Waits for nothing when all goes well.
 */
export async function leaveApart(
  connection: string,
  { units, signal }: { units: number; signal: AbortSignal },
): Promise<void> {
  const line = lineOf(connection);
  while (line.holds.size > 0) await Promise.allSettled(line.holds);
  if (!line.pace) return;
  const now = performance.now();
  const { moment, tat } = leaveAt({ now, tat: line.leftTat }, { pace: line.pace, units });
  line.leftTat = tat;
  if (moment > now) await sleep(moment - now, undefined, { signal });
}

function lineOf(connection: string): Line {
  const line: Line = lines.get(connection) ?? {
    callers: [],
    left: [],
    moving: false,
    holds: new Set(),
    refusals: 0,
    tookMs: 0,
    pace: null,
    leftTat: 0,
  };
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
}

async function letGo(connection: string, line: Line): Promise<void> {
  const began = performance.now();
  line.left = line.left.filter(({ at }) => at > began - RECENT_MS);
  const asked = fairOrder(line.callers, line.left).slice(0, MOST_AT_ONCE);
  const aheadMs = aheadFor(line.tookMs);
  const { refusals } = line;
  const turns = await whileDatabaseAway(() =>
    takeTurns(connection, { line: asked.map(({ units }) => units), aheadMs }),
  );
  line.tookMs = performance.now() - began;
  keepPace(line, turns.pace);
  if (turns.silence) {
    for (const caller of line.callers.splice(0)) caller.leave("silence");
    return;
  }
  const going = asked.slice(0, turns.waits.length);
  line.callers = line.callers.filter((caller) => !going.includes(caller));
  for (const { ownerId, sessionId } of going) line.left.push({ ownerId, sessionId, at: began });
  for (const [at, caller] of going.entries()) {
    setTimeout(() => {
      // A turn from before a refusal is worth nothing any more.
      if (line.refusals === refusals) caller.leave("go");
      else stepBack(connection, { line, caller });
    }, turns.waits[at]);
  }
  if (going.length < asked.length) await sleep(askAgainIn(turns, aheadMs));
}

/** What is owed stays owed, at the price of the new pace. */
function keepPace(line: Line, pace: Turn | null): void {
  if (line.pace && pace) {
    const owed = { now: performance.now(), tat: line.leftTat };
    line.leftTat = rescaleTat(owed, { interval: line.pace.step }, { interval: pace.step });
  }
  line.pace = pace;
}

function stepBack(connection: string, { line, caller }: { line: Line; caller: Caller }): void {
  line.callers.unshift(caller);
  void move(connection, line);
}
