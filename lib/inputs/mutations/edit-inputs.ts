import "server-only";
import { and, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import { type Input, inputs } from "@/db/schema";
import { transact } from "@/lib/events";
import { ok, type Result, refused } from "@/lib/result";
import { changeSession } from "@/lib/sessions/mutations/change-session";
import { gone } from "@/lib/sessions/words";

type Chosen = { userId: string; sessionId: string; inputIds: string[] };
type Changed = { changed: number };

/** Takes inputs out of a draft; undo brings them back to their places. */
export function removeInputs({ inputIds, ...target }: Chosen): Promise<Result<Changed>> {
  const which = and(inArray(inputs.id, inputIds), isNull(inputs.removedAt));
  return countOnly(editDraftInputs(target, which, { removedAt: sql`now()` }));
}

export function restoreInputs({ inputIds, ...target }: Chosen): Promise<Result<Changed>> {
  const which = and(inArray(inputs.id, inputIds), isNotNull(inputs.removedAt));
  return countOnly(editDraftInputs(target, which, { removedAt: sql`null` }));
}

/** Leaves inputs out of the run, or takes them in again; they stay in the list. */
export function excludeInputs({
  inputIds,
  excluded,
  ...target
}: Chosen & { excluded: boolean }): Promise<Result<Changed>> {
  const which = and(inArray(inputs.id, inputIds), eq(inputs.role, "source"));
  return countOnly(editDraftInputs(target, which, { excluded }));
}

export function setInputPrompt({
  inputIds,
  mode,
  prompt,
  ...target
}: Chosen & { mode: Input["promptMode"]; prompt: string }): Promise<Result<Changed>> {
  const own = mode === "inherit" ? "" : prompt;
  const which = and(inArray(inputs.id, inputIds), eq(inputs.role, "source"));
  return countOnly(editDraftInputs(target, which, { promptMode: mode, prompt: own }));
}

/** Gives several images a prompt of their own each, in the place of the session's. */
export async function setInputPrompts({
  prompts,
  userId,
  sessionId,
}: {
  userId: string;
  sessionId: string;
  prompts: { inputId: string; prompt: string }[];
}): Promise<Result<Changed>> {
  const ids = prompts.map(({ inputId }) => inputId);
  const which = and(inArray(inputs.id, ids), eq(inputs.role, "source"));
  const own = sql`(select p.prompt from jsonb_to_recordset(${JSON.stringify(prompts)}::jsonb)
    as p("inputId" uuid, prompt text) where p."inputId" = ${inputs.id} limit 1)`;
  return countOnly(editDraftInputs({ userId, sessionId }, which, { promptMode: "replace", prompt: own }));
}

/** Takes out all inputs of a kind, on the server; answers which, for undo. What is attached to them stays with them. */
export function removeMatching({
  match,
  ...target
}: {
  userId: string;
  sessionId: string;
  match: "refused" | "duplicates" | "missing" | "all";
}): Promise<Result<{ changed: number; inputIds: string[] }>> {
  const which = and(eq(inputs.role, "source"), isNull(inputs.removedAt), matching(match));
  return editDraftInputs(target, which, { removedAt: sql`now()` });
}

function matching(match: "refused" | "duplicates" | "missing" | "all"): SQL | undefined {
  switch (match) {
    case "refused":
      return eq(inputs.state, "refused");
    case "missing":
      return eq(inputs.state, "uploading");
    case "duplicates":
      return sql`${inputs.imageId} is not null and exists (
        select 1 from inputs first where first.session_id = ${inputs.sessionId} and first.role = 'source'
          and first.image_id = ${inputs.imageId} and first.position < ${inputs.position} and first.removed_at is null)`;
    case "all":
      return undefined;
  }
}

type InputSet = {
  removedAt?: SQL;
  excluded?: boolean;
  promptMode?: Input["promptMode"];
  prompt?: string | SQL;
};

async function editDraftInputs(
  { userId, sessionId }: { userId: string; sessionId: string },
  which: SQL | undefined,
  set: InputSet,
): Promise<Result<{ changed: number; inputIds: string[] }>> {
  return transact(async (tx, emit) => {
    const result = await changeSession<Result<{ changed: number; inputIds: string[] }>>(
      tx,
      emit,
      { sessionId, ownerId: userId },
      async (session, revision) => {
        if (session.state !== "draft") {
          return { value: refused("started", "This session has started; its images stay as they are.") };
        }
        const inputIds = await write(tx, { sessionId, which, set, revision });
        return { value: ok({ changed: inputIds.length, inputIds }) };
      },
    );
    return result ?? gone();
  });
}

async function write(
  tx: Transaction,
  { sessionId, which, set, revision }: { sessionId: string; which?: SQL; set: InputSet; revision: number },
): Promise<string[]> {
  const rows = await tx
    .update(inputs)
    .set({ ...set, revision })
    .where(and(eq(inputs.sessionId, sessionId), which))
    .returning({ id: inputs.id });
  return rows.map(({ id }) => id);
}

async function countOnly(result: Promise<Result<Changed>>): Promise<Result<Changed>> {
  const answer = await result;
  return answer.ok ? ok({ changed: answer.value.changed }) : answer;
}
