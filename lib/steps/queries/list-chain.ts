import "server-only";
import { and, eq, isNotNull } from "drizzle-orm";
import { db, type Queryable } from "@/db";
import { type Session, type Step, steps } from "@/db/schema";
import { ORIGINAL } from "../constants";
import { type ChainBase, fingerprintOf } from "../step-settings";
import type { ChainStep, StepContent } from "../types";

/** A step that is in the chain. */
export type ChainRow = Step & { position: number };

/** The steps of a chain in order. The caller has proven the right to the session. */
export async function listChain(sessionId: string, on: Queryable = db()): Promise<ChainRow[]> {
  const rows = await on
    .select()
    .from(steps)
    .where(and(eq(steps.sessionId, sessionId), isNotNull(steps.position)))
    .orderBy(steps.position);
  return rows.flatMap((row) => (row.position === null ? [] : [{ ...row, position: row.position }]));
}

/** As pages and recipes know it. */
export function toChainStep({ id, prompt, settings, sourceStep, referenceSteps, enabled }: Step): ChainStep {
  return { id, prompt, settings, source: sourceStep ?? ORIGINAL, references: referenceSteps, enabled };
}

/** The same without its id: what a recipe or another session takes over. */
export function toStepContent(step: Step): StepContent {
  const { id: _, ...content } = toChainStep(step);
  return content;
}

/** Prompt and settings that steps inherit: frozen at the last start, the draft's before. */
export function baseOf({ snapshot, prompt, settings }: Session): ChainBase {
  return { prompt: snapshot?.prompt ?? prompt, settings: snapshot?.settings ?? settings };
}

/** As the scheduler knows them. */
export function wiredSteps(session: Session, rows: readonly ChainRow[]) {
  const base = baseOf(session);
  return rows.map((row) => ({
    enabled: row.enabled,
    fedBy: row.fedBy,
    fingerprint: fingerprintOf(base, row),
  }));
}
