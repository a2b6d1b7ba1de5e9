import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import type { Session } from "@/db/schema";
import { listBatches } from "@/lib/batches/queries/list-batches";
import type { BatchView } from "@/lib/batches/types";
import { listInputRows } from "@/lib/inputs/queries/list-input-rows";
import { packInput } from "@/lib/inputs/wire";
import { listItemRows } from "@/lib/items/queries/list-item-rows";
import { packItem } from "@/lib/items/wire";
import { countsOf } from "../counts";
import { nextPollMs, pulseOf } from "../pulse";
import type { ChangesAnswer } from "../wire";
import { findSession } from "./find-session";
import { sessionSlots } from "./session-slots";

/** More changed rows than this are loaded as pages of rows instead. */
const MAX_CHANGES = 500;

/** What changed above revision `since`; null when nothing did, undefined when the session is not that person's. */
export async function listChanges({
  sessionId,
  userId,
  since,
}: {
  sessionId: string;
  userId: string;
  since: number;
}): Promise<ChangesAnswer | null | undefined> {
  const session = await findSession({ sessionId, userId });
  if (!session) return undefined;
  if (session.revision === since) return null;
  const changed = sql`i.session_id = ${sessionId} and i.revision > ${since} and i.revision <= ${session.revision}`;
  const counts = countsOf(session);
  const [slots, batches, inputs, items] = await Promise.all([
    sessionSlots(session, counts),
    listBatches(session),
    listInputRows(changed, MAX_CHANGES + 1),
    listItemRows(changed, MAX_CHANGES + 1),
  ]);
  const reset = since > session.revision || inputs.length > MAX_CHANGES || items.length > MAX_CHANGES;
  return {
    ...pulseOf(session, { counts, slots, batches }),
    cursor: session.revision,
    nextMs: await nextPoll(session, batches),
    reset,
    inputs: reset ? [] : inputs.map(packInput),
    items: reset ? [] : items.map(packItem),
  };
}

/** Same as in a full answer, for one without news. */
async function nextPoll(session: Session, batches: readonly BatchView[]): Promise<number | null> {
  const counts = countsOf(session);
  const openInputs = session.state === "draft" ? await countOpenInputs(session) : 0;
  return nextPollMs(session, { counts, openInputs, batches, now: Date.now() });
}

/** Those that changed since the session was read count too: this answer does not tell of them. */
async function countOpenInputs({ id, revision }: Session): Promise<number> {
  const [row] = await db().execute<{ open: number }>(sql`
    select count(*)::int as open from (
      select 1 from inputs where session_id = ${id} and role = 'source'
        and (revision > ${revision} or (state = 'probing' and removed_at is null)) limit 1
    ) one`);
  return row?.open ?? 0;
}
