import "server-only";
import { sql } from "drizzle-orm";
import type { z } from "zod";
import { AppError, notFound } from "@/lib/errors";
import { transact } from "@/lib/events";
import { changeSession } from "@/lib/sessions/mutations/change-session";
import { MAX_INPUTS } from "../constants";
import type { registerSchema } from "../schemas";

export type RegisteredInput = { clientId: string; id: string; position: number; state: string };

/**
 * Gives files their places at the end of a draft's list, in the order given, before a byte is sent. The same
 * clientId again is the same input. Throws AppError not_found, conflict (started) or bad_input (list full).
 */
export async function registerInputs({
  userId,
  sessionId,
  files,
}: { userId: string; sessionId: string } & z.infer<typeof registerSchema>): Promise<RegisteredInput[]> {
  return transact(async (tx, emit) => {
    const registered = await changeSession(
      tx,
      emit,
      { sessionId, ownerId: userId },
      async (session, revision) => {
        if (session.state !== "draft") {
          throw new AppError(
            "conflict",
            "This session has started; its images stay as they are. Duplicate it to add more.",
          );
        }
        const [{ last, count } = { last: 0, count: 0 }] = await tx.execute<{
          last: number;
          count: number;
        }>(sql`
        select coalesce(max(position), 0)::int as last, count(*) filter (where removed_at is null)::int as count
        from inputs where session_id = ${sessionId}`);
        if (count + files.length > MAX_INPUTS) throw listFull(count);
        const rows = await tx.execute<{ client_id: string; id: string; position: number; state: string }>(sql`
        with given as (
          select f.*, row_number() over () as turn from jsonb_to_recordset(${JSON.stringify(files.map(toRow))}::jsonb)
            as f(client_id uuid, name text, path text, bytes bigint, modified bigint)
        )
        insert into inputs (owner_id, session_id, client_id, position, source_name, source_path, source_bytes,
          source_modified, revision)
        select ${userId}, ${sessionId}, client_id, ${last} + turn, name, path, bytes, modified, ${revision} from given
        on conflict (session_id, client_id) do update set revision = ${revision}, removed_at = null
        returning client_id, id, position, state`);
        return { value: rows.map(({ client_id, ...row }) => ({ clientId: client_id, ...row })) };
      },
    );
    if (!registered) throw notFound();
    return registered.sort((a, b) => a.position - b.position);
  });
}

/** Postgres text holds no NUL, JSON no lone surrogate; everything else of a name is kept. */
function toRow(file: z.infer<typeof registerSchema>["files"][number]) {
  return {
    client_id: file.clientId,
    name: storable(file.name).slice(0, 500) || "unnamed",
    path: storable(file.path),
    bytes: file.bytes,
    modified: file.modified === null ? null : Math.round(file.modified),
  };
}

function storable(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

function listFull(count: number) {
  return new AppError(
    "bad_input",
    `One session holds ${MAX_INPUTS.toLocaleString("en")} images; ${count.toLocaleString("en")} are in this one. They are kept. Put the rest into another session.`,
  );
}
