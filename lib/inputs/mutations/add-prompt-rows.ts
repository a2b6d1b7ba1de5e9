import "server-only";
import { sql } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "@/lib/errors";
import { transact } from "@/lib/events";
import { changeSession } from "@/lib/sessions/mutations/change-session";
import type { promptRowsSchema } from "../schemas";
import { findEndOfList } from "./find-places";
import { alreadyStarted, storable } from "./register-inputs";

/**
 * Puts prompts without an image at the end of a draft's list, in the order given; each becomes a picture of its own.
 * Names go on counting: prompt-001, prompt-002. A clientId that is here already adds nothing. Throws AppError
 * not_found, conflict (started) or bad_input (list full).
 */
export async function addPromptRows({
  userId,
  sessionId,
  rows,
}: { userId: string; sessionId: string } & z.infer<typeof promptRowsSchema>): Promise<{ added: number }> {
  return transact(async (tx, emit) => {
    const answer = await changeSession(
      tx,
      emit,
      { sessionId, ownerId: userId },
      async (session, revision) => {
        if (session.state !== "draft") throw alreadyStarted();
        const { from } = await findEndOfList(tx, sessionId, rows.length);
        const given = rows.map(({ clientId, prompt }, turn) => ({
          client_id: clientId,
          prompt: storable(prompt),
          turn,
        }));
        const [facts] = await tx.execute<{ added: number }>(sql`
        with given as (
          select f.client_id, f.prompt, row_number() over (order by f.turn) as turn
          from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as f(client_id uuid, prompt text, turn int)
          where not exists (select 1 from inputs where session_id = ${sessionId} and client_id = f.client_id)
        ), before as (
          select count(*) as n from inputs
          where session_id = ${sessionId} and role = 'source' and state = 'ready' and image_id is null
        ), added as (
          insert into inputs (owner_id, session_id, client_id, position, state, source_name, source_bytes, prompt_mode,
            prompt, revision)
          select ${userId}, ${sessionId}, client_id, ${from} + turn, 'ready',
            'prompt-' || lpad((n + turn)::text, greatest(3, length((n + turn)::text)), '0'), 0, 'replace', prompt,
            ${revision}
          from given cross join before returning 1
        ) select count(*)::int as added from added`);
        return { value: { added: facts?.added ?? 0 } };
      },
    );
    if (!answer) throw notFound();
    return answer;
  });
}
