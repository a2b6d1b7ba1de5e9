import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import { listBatches } from "@/lib/batches/queries/list-batches";
import { listChain, toChainStep } from "@/lib/steps/queries/list-chain";
import { countsOf } from "../counts";
import { pulseOf } from "../pulse";
import type { SessionView } from "../wire";
import { findSession } from "./find-session";
import { listRows } from "./list-rows";
import { sessionSlots } from "./session-slots";

/** The first screen of tiles, with some to scroll. */
const FIRST_ROWS = 60;

/** What the session page needs for its first frame, or null when it is not that person's. */
export async function getSessionView({
  sessionId,
  userId,
}: {
  sessionId: string;
  userId: string;
}): Promise<SessionView | null> {
  const session = await findSession({ sessionId, userId });
  if (!session) return null;
  const counts = countsOf(session);
  const [slots, batches, first, inputTotal, chain] = await Promise.all([
    sessionSlots(session, counts),
    listBatches(session),
    listRows({ sessionId, after: 0, limit: FIRST_ROWS, cursor: session.revision }),
    countInputs(sessionId),
    listChain(sessionId),
  ]);
  return {
    ...pulseOf(session, { counts, slots, batches }),
    id: session.id,
    kind: session.kind,
    name: session.name,
    prompt: session.snapshot?.prompt ?? session.prompt,
    settings: session.snapshot?.settings ?? session.settings,
    draftVersion: session.draftVersion,
    steps: chain.map(toChainStep),
    cursor: session.revision,
    startedAt: session.startedAt?.getTime() ?? null,
    finishedAt: session.finishedAt?.getTime() ?? null,
    createdAt: session.createdAt.getTime(),
    updatedAt: session.updatedAt.getTime(),
    inputTotal,
    first,
  };
}

async function countInputs(sessionId: string): Promise<number> {
  const [row] = await db().execute<{ count: number }>(sql`
    select count(*)::int as count from inputs
    where session_id = ${sessionId} and role = 'source' and removed_at is null`);
  return row?.count ?? 0;
}
