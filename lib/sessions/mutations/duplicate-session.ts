import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db";
import { recordAudit } from "@/lib/audit";
import { actingPerson } from "@/lib/auth/acting";
import { ok, type Result } from "@/lib/result";
import { gone } from "../words";

/** A new draft with the same inputs, references, masks, prompts, settings, stop and steps; results stay with the old one. */
export async function duplicateSession({
  userId,
  sessionId,
}: {
  userId: string;
  sessionId: string;
}): Promise<Result<{ id: string }>> {
  return db().transaction(async (tx) => {
    const [copy] = await tx.execute<{ id: string }>(sql`
      insert into sessions (owner_id, created_by, kind, name, budget, step_count, recipe_version_id, prompt, settings)
      select owner_id, ${actingPerson() ?? null}::uuid, kind, left(name, 113) || ' (copy)', budget, step_count, recipe_version_id,
        coalesce(snapshot->>'prompt', prompt), coalesce(snapshot->'settings', settings)
      from sessions where id = ${sessionId} and owner_id = ${userId} and deleted_at is null
      returning id`);
    if (!copy) return gone();
    await tx.execute(sql`
      insert into steps (owner_id, session_id, position, enabled, prompt, settings, source_step, reference_steps, fed_by)
      select owner_id, ${copy.id}, position, enabled, prompt, settings, source_step, reference_steps, fed_by
      from steps where session_id = ${sessionId} and owner_id = ${userId} and position is not null`);
    await copyInputs(tx, { userId, from: sessionId, to: copy.id });
    await recordAudit(tx, {
      ownerId: userId,
      action: "session.duplicate",
      sessionId,
      after: { id: copy.id },
    });
    return ok({ id: copy.id });
  });
}

/** Sources close their ranks; what is attached to one of them follows it to its copy. */
async function copyInputs(
  tx: Transaction,
  { userId, from, to }: { userId: string; from: string; to: string },
) {
  const theirs = sql`session_id = ${from} and owner_id = ${userId} and state = 'ready' and removed_at is null`;
  await tx.execute(sql`
    insert into inputs (owner_id, session_id, position, state, notices, image_id, source_name, source_path,
      source_bytes, source_modified, upload_sha256, from_attempt_id, prompt_mode, prompt, variables)
    select owner_id, ${to}, row_number() over (order by position), state, notices, image_id, source_name,
      source_path, source_bytes, source_modified, upload_sha256, from_attempt_id, prompt_mode, prompt, variables
    from inputs where ${theirs} and role = 'source'`);
  await tx.execute(sql`
    with pairs as (
      select old.id as old_id, new.id as new_id
      from (select id, row_number() over (order by position) as at from inputs where ${theirs} and role = 'source') old
      join inputs new on new.session_id = ${to} and new.position = old.at
    )
    insert into inputs (owner_id, session_id, role, for_input_id, position, state, notices, image_id, source_name,
      source_path, source_bytes, source_modified, upload_sha256)
    select owner_id, ${to}, role, pairs.new_id, -row_number() over (order by position desc), state, notices, image_id,
      source_name, source_path, source_bytes, source_modified, upload_sha256
    from inputs left join pairs on pairs.old_id = for_input_id
    where ${theirs} and role <> 'source' and (for_input_id is null or pairs.new_id is not null)`);
}
