import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import type { ImageFormat } from "@/lib/images/types";
import type { StoredSource } from "../types";

/**
 * What goes along with one input: its own references in their order, then those of the whole session, and its mask.
 * Only what is ready and not left out; more references than the model takes are the caller's to cut off the end. The
 * caller has proven the right to the session.
 */
export async function listAttached({
  inputId,
  sessionId,
}: {
  inputId: string;
  sessionId: string;
}): Promise<{ references: StoredSource[]; mask: StoredSource | null }> {
  const rows = await db().execute<AttachedFacts>(sql`
    select a.role, m.storage_key as key, m.sha256, m.format, m.width, m.height, m.alpha
    from inputs a join images m on m.id = a.image_id
    where a.session_id = ${sessionId} and a.role <> 'source' and (a.for_input_id is null or a.for_input_id = ${inputId})
      and a.state = 'ready' and a.removed_at is null and not a.excluded
    order by a.for_input_id is null, a.position desc`);
  const ofRole = (role: AttachedFacts["role"]) => rows.filter((row) => row.role === role).map(toStored);
  return { references: ofRole("reference"), mask: ofRole("mask").at(-1) ?? null };
}

type AttachedFacts = {
  role: "reference" | "mask";
  key: string;
  sha256: string;
  format: ImageFormat;
  width: number;
  height: number;
  alpha: boolean;
};

function toStored({ role: _, ...stored }: AttachedFacts): StoredSource {
  return stored;
}
