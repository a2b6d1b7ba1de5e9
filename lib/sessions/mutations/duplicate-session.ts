import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import { recordAudit } from "@/lib/audit";
import { ok, type Result } from "@/lib/result";
import { gone } from "../words";

/** A new draft with the same inputs, prompts, settings and steps; results stay with the old one. */
export async function duplicateSession({
  userId,
  sessionId,
}: {
  userId: string;
  sessionId: string;
}): Promise<Result<{ id: string }>> {
  return db().transaction(async (tx) => {
    const [copy] = await tx.execute<{ id: string }>(sql`
      insert into sessions (owner_id, kind, name, prompt, settings)
      select owner_id, kind, left(name, 113) || ' (copy)',
        coalesce(snapshot->>'prompt', prompt), coalesce(snapshot->'settings', settings)
      from sessions where id = ${sessionId} and owner_id = ${userId} and deleted_at is null
      returning id`);
    if (!copy) return gone();
    await tx.execute(sql`
      insert into steps (owner_id, session_id, position, prompt, settings, source_step)
      select owner_id, ${copy.id}, position, prompt, settings, source_step
      from steps where session_id = ${sessionId} and owner_id = ${userId}`);
    await tx.execute(sql`
      insert into inputs (owner_id, session_id, position, state, notices, image_id, source_name, source_path,
        source_bytes, source_modified, upload_sha256, prompt_mode, prompt, variables)
      select owner_id, ${copy.id}, row_number() over (order by position), state, notices, image_id, source_name,
        source_path, source_bytes, source_modified, upload_sha256, prompt_mode, prompt, variables
      from inputs where session_id = ${sessionId} and owner_id = ${userId} and state = 'ready' and removed_at is null`);
    await recordAudit(tx, {
      ownerId: userId,
      action: "session.duplicate",
      sessionId,
      after: { id: copy.id },
    });
    return ok({ id: copy.id });
  });
}
