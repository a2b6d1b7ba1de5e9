import "server-only";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import { transact } from "@/lib/events";
import { ok, type Result, refused } from "@/lib/result";
import { changeSession } from "@/lib/sessions/mutations/change-session";
import { gone } from "@/lib/sessions/words";
import { findBeside } from "./find-places";

type Copied = {
  /** Masks that were made, and those they took the place of: what undo needs. */
  made: string[];
  replaced: string[];
};

/**
 * Gives the mask of one image to others of exactly the same size; the others' own masks make way. Images of another
 * size, and those that have this very mask, are passed over.
 */
export async function copyMask({
  userId,
  ...wanted
}: {
  userId: string;
  sessionId: string;
  maskId: string;
  inputIds: string[];
}): Promise<Result<Copied>> {
  return transact(async (tx, emit) => {
    const target = { sessionId: wanted.sessionId, ownerId: userId };
    const result = await changeSession<Result<Copied>>(tx, emit, target, async (session, revision) => {
      if (session.state !== "draft") {
        return { value: refused("started", "This session has started; its masks stay as they are.") };
      }
      const made = await insertCopies(tx, { ...wanted, revision });
      const replaced = await removeOlderMasks(tx, { sessionId: wanted.sessionId, than: made, revision });
      return { value: ok({ made, replaced }) };
    });
    return result ?? gone();
  });
}

/** Of each image that one of the masks `than` is for, all older masks go. Answers which. */
export async function removeOlderMasks(
  tx: Transaction,
  { sessionId, than, revision }: { sessionId: string; than: string[]; revision: number },
): Promise<string[]> {
  if (than.length === 0) return [];
  const rows = await tx.execute<{ id: string }>(sql`
    update inputs old set removed_at = now(), revision = ${revision}
    from inputs new
    where new.session_id = ${sessionId} and new.id in (select jsonb_array_elements_text(${JSON.stringify(than)}::jsonb)::uuid)
      and old.session_id = ${sessionId} and old.role = 'mask' and old.for_input_id = new.for_input_id
      and old.position > new.position and old.removed_at is null
    returning old.id`);
  return rows.map(({ id }) => id);
}

async function insertCopies(
  tx: Transaction,
  wanted: { sessionId: string; maskId: string; inputIds: string[]; revision: number },
): Promise<string[]> {
  const { from } = await findBeside(tx, wanted.sessionId);
  const rows = await tx.execute<{ id: string }>(sql`
    with mask as (
      select k.*, m.width as over_width, m.height as over_height
      from inputs k join inputs s on s.id = k.for_input_id join images m on m.id = s.image_id
      where k.id = ${wanted.maskId} and k.session_id = ${wanted.sessionId} and k.role = 'mask' and k.state = 'ready'
        and k.removed_at is null
    ), targets as (
      select t.id, row_number() over (order by t.position) as turn
      from inputs t join images m on m.id = t.image_id join mask on true
      where t.session_id = ${wanted.sessionId} and t.role = 'source' and t.state = 'ready' and t.removed_at is null
        and t.id in (select jsonb_array_elements_text(${JSON.stringify(wanted.inputIds)}::jsonb)::uuid)
        and m.width = mask.over_width and m.height = mask.over_height
        and not exists (select 1 from inputs own where own.session_id = ${wanted.sessionId} and own.role = 'mask'
          and own.for_input_id = t.id and own.image_id = mask.image_id and own.removed_at is null)
    )
    insert into inputs (owner_id, session_id, role, for_input_id, position, state, notices, image_id, source_name,
      source_bytes, source_modified, upload_sha256, revision)
    select mask.owner_id, mask.session_id, 'mask', targets.id, ${from} - targets.turn, 'ready', mask.notices,
      mask.image_id, mask.source_name, mask.source_bytes, mask.source_modified, mask.upload_sha256, ${wanted.revision}
    from mask cross join targets returning id`);
  return rows.map(({ id }) => id);
}
