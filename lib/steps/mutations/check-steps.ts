import "server-only";
import type { Transaction } from "@/db";
import type { Session } from "@/db/schema";
import { queueOf } from "@/lib/batches/economy-queue";
import { laneOf } from "@/lib/batches/lane-of";
import { resolveModel } from "@/lib/models/resolve";
import { type Refused, refused } from "@/lib/result";
import { listPriceGroups, priceOfGroup } from "@/lib/sessions/queries/list-price-groups";
import { misfitOf, tooDear } from "@/lib/sessions/start-checks";
import { baseOf, type ChainRow } from "../queries/list-chain";
import { groupsFor } from "../step-groups";
import { withBase } from "../step-settings";

/** What is known of the steps of a run once nothing is wrong with them. */
export type CheckedSteps = {
  /** Queue of every step (lib/batches/economy-queue), by place - 1; null for one that does not run. */
  connections: (string | null)[];
  /** Worst price of one item, micro-dollars. */
  worstPrice: number;
};

/** Whether the steps at `places` can run; each refusal names its step where there are several. */
export async function checkSteps(
  tx: Transaction,
  { session, steps, places }: { session: Session; steps: readonly ChainRow[]; places: readonly number[] },
): Promise<CheckedSteps | Refused> {
  const connections: (string | null)[] = steps.map(() => null);
  let worstPrice = 0;
  for (const step of steps) {
    if (!places.includes(step.position)) continue;
    const checked = await checkStep(tx, session, step);
    if ("ok" in checked) return steps.length > 1 ? named(checked, step.position) : checked;
    connections[step.position - 1] = checked.connection;
    worstPrice = Math.max(worstPrice, checked.worstPrice);
  }
  return tooDear(session, worstPrice) ?? { connections, worstPrice };
}

async function checkStep(
  tx: Transaction,
  session: Session,
  step: ChainRow,
): Promise<Refused | { connection: string; worstPrice: number }> {
  const { prompt, settings } = withBase(baseOf(session), step);
  const { connection, model: modelId } = settings;
  const model = await resolveModel({ connection, model: modelId, ownerId: session.ownerId });
  if (!model) return refused("model", MODEL_GONE);
  const groups = groupsFor(step, await listPriceGroups(tx, { id: session.id, prompt }), prompt);
  if (groups.length > 0 && groups.every(({ promptChars }) => promptChars === 0)) {
    return refused("prompt", "There is no prompt yet. Write what should happen to the images, then start.");
  }
  const misfit = misfitOf(model, groups);
  if (misfit) return misfit;
  const prices = groups.map((group) => priceOfGroup(model, group, settings).max);
  const lane = laneOf(settings.lane, model);
  return { connection: queueOf(model.connection, lane), worstPrice: Math.max(0, ...prices) };
}

const MODEL_GONE = "This model or its connection is not here any more. Choose another one, then start.";

function named({ reason, words }: Refused, place: number): Refused {
  return refused(reason, `Step ${place}: ${words}`);
}
