import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import { dispatch } from "@/lib/items/mutations/dispatch";
import { queueOf } from "../economy-queue";
import { type HeldBatch, letGo } from "./hold-batch";

type Ending = { words?: string; code?: string; holdSeconds?: number };

/** A batch is over: all its lines are settled or back in their queues, which hear of it. */
export async function endBatch(batch: HeldBatch, { words, code, holdSeconds }: Ending): Promise<void> {
  await letGo(batch, {
    set: {
      state: "settled",
      claimed: [],
      ...(words && { errorWords: words, errorCode: code ?? null }),
      ...(holdSeconds && { holdUntil: await later(holdSeconds) }),
    },
    stamp: { settledAt: "now" },
    inSeconds: 0,
  });
  await dispatch(queueOf(batch.connection, "economy"));
  // What left the lane meanwhile goes live now.
  await dispatch(batch.connection);
}

/** By the database's clock. */
async function later(seconds: number): Promise<Date> {
  const [row] = await db().execute<{ ms: number }>(
    sql`select (extract(epoch from now() + make_interval(secs => ${seconds})) * 1000)::float8 as ms`,
  );
  return new Date(row?.ms ?? 0);
}
