import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import type { Session } from "@/db/schema";
import { resolveModel } from "@/lib/models/resolve";
import type { PriceRange } from "@/lib/models/types";
import { addPrices } from "@/lib/sessions/estimate";
import { findSession } from "@/lib/sessions/queries/find-session";
import { listPriceGroups, priceOfGroup } from "@/lib/sessions/queries/list-price-groups";
import { baseOf, type ChainRow, listChain } from "@/lib/steps/queries/list-chain";
import { groupsFor } from "@/lib/steps/step-groups";
import { withBase } from "@/lib/steps/step-settings";
import type { BatchesAnswer } from "../types";
import { listBatches } from "./list-batches";

/** A session's batches, and what making now what is left of its economy lane would cost; null: not that person's. */
export async function getBatches({
  sessionId,
  userId,
}: {
  sessionId: string;
  userId: string;
}): Promise<BatchesAnswer | null> {
  const session = await findSession({ sessionId, userId });
  if (!session) return null;
  const [batches, open, steps] = await Promise.all([
    listBatches(session),
    countOpen(sessionId),
    listChain(sessionId),
  ]);
  const prices = await Promise.all(open.map((of) => priceOf(session, steps, of)));
  const sum = (key: "waiting" | "inBatches") => open.reduce((total, of) => total + of[key], 0);
  return { batches, waiting: sum("waiting"), inBatches: sum("inBatches"), price: addPrices(prices) };
}

type Open = { position: number; waiting: number; inBatches: number };

function countOpen(sessionId: string): Promise<Open[]> {
  return db().execute<Open>(sql`
    select st.position, count(*) filter (where i.status <> 'running')::int as waiting,
      count(*) filter (where i.status = 'running')::int as "inBatches"
    from items i join steps st on st.id = i.step_id and st.position is not null
    where i.session_id = ${sessionId} and i.lane = 'economy' and i.status in ('queued', 'waiting', 'running')
    group by st.position order by st.position`);
}

/** By the mean price of the step's images: which of them are left makes little difference. */
async function priceOf(
  session: Session,
  steps: readonly ChainRow[],
  { position, waiting, inBatches }: Open,
): Promise<PriceRange> {
  const step = steps.find((one) => one.position === position);
  const none = { min: 0, max: 0 };
  if (!step) return none;
  const { prompt, settings } = withBase(baseOf(session), step);
  const model = await resolveModel({ ...settings, ownerId: session.ownerId });
  if (!model) return none;
  const groups = groupsFor(step, await listPriceGroups(db(), { id: session.id, prompt }), prompt);
  const all = groups.reduce((total, { items }) => total + items, 0);
  if (all === 0) return none;
  const each = (end: "min" | "max") =>
    groups.reduce((total, group) => {
      const price = priceOfGroup(model, group, { ...settings, lane: "live" });
      return total + (group.items * price[end]) / all;
    }, 0);
  const count = waiting + inBatches;
  return { min: Math.ceil(count * each("min")), max: Math.ceil(count * each("max")) };
}
