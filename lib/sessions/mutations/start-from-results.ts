import "server-only";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { db } from "@/db";
import { attempts, images, inputs, items, type Session, steps } from "@/db/schema";
import { recordAudit } from "@/lib/audit";
import { transact } from "@/lib/events";
import { ok, type Result, refused } from "@/lib/result";
import { lastStepId } from "@/lib/steps/queries/last-step";
import { baseOf } from "@/lib/steps/queries/list-chain";
import { archiveNames } from "@/lib/zip/names";
import { DEFAULT_SETTINGS } from "../constants";
import { findSession } from "../queries/find-session";
import type { ResultSet } from "../types";
import { gone } from "../words";
import { changeSession } from "./change-session";
import { createSession } from "./create-session";

/**
 * A bulk draft whose images are results of another session: of these items, or of all that are completed or approved.
 * They keep their order, are named as the archive would name them, and know the attempt they come from. Pressed twice
 * it is one draft.
 */
export async function startFromResults({
  userId,
  sessionId,
  intent,
  results,
}: {
  userId: string;
  sessionId: string;
  intent: string;
  results: ResultSet;
}): Promise<Result<{ id: string; images: number }>> {
  const session = await findSession({ sessionId, userId });
  if (!session) return gone();
  const found = await listResultImages(session, results);
  if (found.length === 0) return refused("empty", "None of these has a result yet. Nothing was made.");
  const { prompt: _, settings } = baseOf(session);
  const { id } = await createSession({
    userId,
    intent,
    name: `${session.name.slice(0, 110)} (results)`,
    // Their names follow the pattern already.
    settings: { ...DEFAULT_SETTINGS, ...settings, namePattern: DEFAULT_SETTINGS.namePattern },
  });
  await addImages({ userId, from: sessionId, to: id, found: named(session, found) });
  return ok({ id, images: found.length });
}

type ResultImage = Awaited<ReturnType<typeof listResultImages>>[number];

/** In the order of the list, one for each item. */
function listResultImages(session: Session, results: ResultSet) {
  const which = Array.isArray(results)
    ? inArray(items.id, results)
    : and(
        eq(items.stepId, sql`${lastStepId(session.id)}`),
        results === "approved"
          ? eq(items.review, "approved")
          : inArray(items.status, ["completed", "reused"]),
      );
  return db()
    .select({
      n: items.position,
      variant: items.variant,
      // Told in the name of all but the last results, as in the archive.
      step: sql<
        number | null
      >`case when ${items.stepId} <> ${lastStepId(session.id)} then ${steps.position} end`,
      attemptId: attempts.id,
      imageId: images.id,
      format: images.format,
      sourceName: inputs.sourceName,
      sourcePath: inputs.sourcePath,
    })
    .from(items)
    .innerJoin(inputs, eq(inputs.id, items.inputId))
    .innerJoin(steps, eq(steps.id, items.stepId))
    .innerJoin(attempts, eq(attempts.id, items.currentAttemptId))
    .innerJoin(images, eq(images.id, attempts.imageId))
    .where(and(eq(items.sessionId, session.id), eq(items.ownerId, session.ownerId), which))
    .orderBy(asc(items.position), asc(steps.position), asc(items.variant));
}

function named(session: Session, found: readonly ResultImage[]) {
  const { namePattern: pattern } = { ...DEFAULT_SETTINGS, ...baseOf(session).settings };
  const requests = found.map(({ step, ...request }) => ({ ...request, step: step ?? undefined }));
  const names = archiveNames(requests, { pattern, session: session.name });
  return found.map(({ attemptId, imageId }, at) => {
    const name = names[at] ?? "";
    const slash = name.lastIndexOf("/");
    const path = { name: name.slice(slash + 1), folder: name.slice(0, Math.max(0, slash)) };
    return { place: at + 1, attempt: attemptId, image: imageId, ...path };
  });
}

async function addImages({
  userId,
  from,
  to,
  found,
}: {
  userId: string;
  from: string;
  to: string;
  found: ReturnType<typeof named>;
}): Promise<void> {
  await transact((tx, emit) =>
    changeSession(tx, emit, { sessionId: to, ownerId: userId }, async (_, revision) => {
      const made = await tx.execute(sql`
        insert into inputs (owner_id, session_id, position, state, image_id, source_name, source_path, source_bytes,
          upload_sha256, from_attempt_id, revision)
        select ${userId}, ${to}, r.place, 'ready', m.id, r.name, r.folder, m.bytes, m.sha256, r.attempt, ${revision}
        from jsonb_to_recordset(${JSON.stringify(found)}::jsonb)
          as r(place integer, attempt uuid, image uuid, name text, folder text)
        join images m on m.id = r.image and m.owner_id = ${userId}
        on conflict do nothing returning 1`);
      if (made.length === 0) return null;
      await recordAudit(tx, {
        ownerId: userId,
        action: "session.results",
        sessionId: from,
        after: { id: to, images: made.length },
      });
      return { value: null };
    }),
  );
}
