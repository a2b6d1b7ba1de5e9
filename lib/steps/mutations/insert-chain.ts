import "server-only";
import type { Transaction } from "@/db";
import { steps } from "@/db/schema";
import { ORIGINAL } from "../constants";
import type { StepContent } from "../types";
import { wireChain } from "../wire-chain";

/** Its id may have been made by the page that has it. */
type NewStep = StepContent & { id?: string };

/** Writes the steps of a new session. They were checked by `chainContentSchema`. */
export async function insertChain(
  tx: Transaction,
  { ownerId, sessionId, chain }: { ownerId: string; sessionId: string; chain: readonly NewStep[] },
): Promise<void> {
  const wiring = wireChain(chain);
  await tx.insert(steps).values(
    chain.map(({ id, prompt, settings, source, references, enabled }, at) => ({
      ...(id ? { id } : {}),
      ownerId,
      sessionId,
      position: at + 1,
      prompt,
      settings,
      sourceStep: source === ORIGINAL ? null : source,
      referenceSteps: references,
      enabled,
      fedBy: wiring[at] ?? [ORIGINAL],
    })),
  );
}
