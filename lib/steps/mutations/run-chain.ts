import "server-only";
import type { Transaction } from "@/db";
import type { Session } from "@/db/schema";
import { recordAudit } from "@/lib/audit";
import { connectionOf } from "@/lib/batches/economy-queue";
import { ensureLimits } from "@/lib/connections/mutations/ensure-limits";
import { type Emit, transact } from "@/lib/events";
import { dispatchReady } from "@/lib/items/mutations/dispatch";
import { ok, type Result, refused } from "@/lib/result";
import { addDeltas } from "@/lib/sessions/counts";
import { changeSession, type SessionChange } from "@/lib/sessions/mutations/change-session";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { findSession } from "@/lib/sessions/queries/find-session";
import { gone } from "@/lib/sessions/words";
import { type ChainPlan, planChain } from "../queries/plan-chain";
import type { ChainRun } from "../types";
import { checkSteps } from "./check-steps";
import { queueCells } from "./queue-cells";
import { refreshChains } from "./refresh-chains";

type Run = { userId: string; sessionId: string; run: ChainRun; inputIds?: string[] };

type Queued = { queued: number; steps: number[] };

/**
 * Makes what is asked for of a chain, and whatever that needs: for all its inputs, or some. What is up to date or
 * under way is left alone. A draft starts. Answers how many results will be made, of which steps.
 */
export async function runChain(given: Run): Promise<Result<Queued>> {
  const { userId, sessionId, run } = given;
  const session = await findSession({ sessionId, userId });
  if (!session) return gone();
  if (session.state === "draft") return startRun(given);
  const result = await transact((tx, emit) => runInTransaction(tx, emit, { ...given, run }));
  if (result.ok) await dispatchReady({ sessionId });
  return result;
}

async function startRun({ userId, sessionId, run }: Run): Promise<Result<Queued>> {
  const started = await startSession({ userId, sessionId, run });
  return started.ok ? ok({ queued: started.value.items, steps: [] }) : started;
}

async function runInTransaction(
  tx: Transaction,
  emit: Emit,
  { userId, sessionId, run, inputIds }: Run,
): Promise<Result<Queued>> {
  const result = await changeSession<Result<Queued>>(
    tx,
    emit,
    { sessionId, ownerId: userId },
    async (session, revision) => {
      const plan = await planChain(session, { run, inputIds }, tx);
      if (!plan) return { value: refused("chain", STEP_GONE) };
      if (plan.places.length === 0) return { value: ok({ queued: 0, steps: [] }) };
      return queueRun(tx, emit, { session, revision, plan, run });
    },
  );
  return result ?? gone();
}

const STEP_GONE = "This step is switched off or was removed in another tab. Nothing was changed.";

async function queueRun(
  tx: Transaction,
  emit: Emit,
  { session, revision, plan, run }: { session: Session; revision: number; plan: ChainPlan; run: ChainRun },
): Promise<SessionChange<Result<Queued>>> {
  const { steps, places, wanted } = plan;
  const checked = await checkSteps(tx, { session, steps, places });
  if ("ok" in checked) return { value: checked };
  const { connections, worstPrice } = checked;
  for (const connection of new Set(connections))
    if (connection) await ensureLimits(connectionOf(connection), tx);
  const queued = await queueCells(tx, { session, revision, wanted, connections });
  const inputIds = wanted.map(({ row }) => row.inputId);
  const moved = await refreshChains(tx, emit, { session, revision, inputIds });
  const items = wanted.reduce((sum, { plan: { places: made } }) => sum + made.length, 0);
  await recordAudit(tx, {
    ownerId: session.ownerId,
    action: "chain.run",
    sessionId: session.id,
    after: { run: run.kind, items },
  });
  return {
    value: ok({ queued: items, steps: places }),
    deltas: addDeltas(queued, moved),
    set: {
      state: "running",
      pauseReason: null,
      finishedAt: null,
      worstPrice: Math.max(session.worstPrice, worstPrice),
    },
  };
}
