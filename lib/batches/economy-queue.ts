import { type SQL, sql } from "drizzle-orm";
import type { Lane } from "./types";

// Items of the economy lane wait in a queue of their own, so that live hand-outs, paces and counts never see them.

const PREFIX = "economy:";

/** Where items of that connection and lane wait. */
export function queueOf(connection: string, lane: Lane): string {
  return lane === "economy" ? `${PREFIX}${connection}` : connection;
}

/** The connection behind a queue of either lane. */
export function connectionOf(queue: string): string {
  return queue.startsWith(PREFIX) ? queue.slice(PREFIX.length) : queue;
}

export function laneOfQueue(queue: string): Lane {
  return queue.startsWith(PREFIX) ? "economy" : "live";
}

/** SQL: the lane of a queue that is only known there. */
export function laneInSql(queue: SQL): SQL {
  return sql`case when starts_with(${queue}, ${PREFIX}) then 'economy' else 'live' end`;
}

/** SQL: the connection behind a queue of either lane. */
export function connectionInSql(queue: SQL): SQL {
  return sql`case when starts_with(${queue}, ${PREFIX}) then substr(${queue}, ${PREFIX.length + 1}) else ${queue} end`;
}
