import "server-only";
import { sql } from "drizzle-orm";
import type { z } from "zod";
import { AppError, notFound } from "@/lib/errors";
import { transact } from "@/lib/events";
import { changeSession } from "@/lib/sessions/mutations/change-session";
import type { registerSchema } from "../schemas";
import { findPlaces } from "./find-places";

export type RegisteredInput = { clientId: string; id: string; position: number; state: string };

/**
 * Gives files their places in a draft, in the order given, before a byte is sent: sources at the end of the list,
 * references and masks beside it. The same clientId again is the same input. Throws AppError not_found, conflict
 * (started) or bad_input (list full, too many references, the image they are for is gone).
 */
export async function registerInputs({
  userId,
  sessionId,
  files,
  role = "source",
  forInputId = null,
}: { userId: string; sessionId: string } & z.infer<typeof registerSchema>): Promise<RegisteredInput[]> {
  return transact(async (tx, emit) => {
    const registered = await changeSession(
      tx,
      emit,
      { sessionId, ownerId: userId },
      async (session, revision) => {
        if (session.state !== "draft") throw alreadyStarted();
        const clientIds = files.map(({ clientId }) => clientId);
        const { from, step } = await findPlaces(tx, { sessionId, role, forInputId, clientIds });
        const rows = await tx.execute<{ client_id: string; id: string; position: number; state: string }>(sql`
        with given as (
          select f.*, row_number() over () as turn from jsonb_to_recordset(${JSON.stringify(files.map(toRow))}::jsonb)
            as f(client_id uuid, name text, path text, bytes bigint, modified bigint)
        )
        insert into inputs (owner_id, session_id, client_id, role, for_input_id, position, source_name, source_path,
          source_bytes, source_modified, revision)
        select ${userId}, ${sessionId}, client_id, ${role}, ${forInputId}::uuid, ${from} + ${step}::int * turn, name,
          path, bytes, modified, ${revision} from given
        on conflict (session_id, client_id) do update set revision = ${revision}, removed_at = null
        returning client_id, id, position, state`);
        return { value: rows.map(({ client_id, ...row }) => ({ clientId: client_id, ...row })) };
      },
    );
    if (!registered) throw notFound();
    return registered.sort((a, b) => Math.abs(a.position) - Math.abs(b.position));
  });
}

/** Throws what a change of a started session's inputs is answered with. */
export function alreadyStarted() {
  return new AppError(
    "conflict",
    "This session has started; its images stay as they are. Duplicate it to add more.",
  );
}

/** Postgres text holds no NUL, JSON no lone surrogate; everything else is kept. */
export function storable(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

function toRow(file: z.infer<typeof registerSchema>["files"][number]) {
  return {
    client_id: file.clientId,
    name: storable(file.name).slice(0, 500) || "unnamed",
    path: storable(file.path),
    bytes: file.bytes,
    modified: file.modified === null ? null : Math.round(file.modified),
  };
}
