import "server-only";
import { and, desc, eq, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { db } from "@/db";
import { type Attempt, attempts, type Image, images, inputs, items, sessions } from "@/db/schema";
import { effectivePrompt } from "@/lib/prompts/merge";
import type { DetailAttempt, DetailImage, ItemDetails } from "../details";

const first = alias(attempts, "first");
const firstItem = alias(items, "first_item");
const firstSession = alias(sessions, "first_session");
const ORIGIN = {
  sessionId: firstSession.id,
  sessionName: firstSession.name,
  position: firstItem.position,
  itemId: firstItem.id,
};

/** Everything about one result, or null when it is not that person's. */
export async function getItemDetails({
  itemId,
  userId,
}: {
  itemId: string;
  userId: string;
}): Promise<ItemDetails | null> {
  const [row] = await db()
    .select({ item: items, input: inputs, source: images, snapshot: sessions.snapshot })
    .from(items)
    .innerJoin(sessions, and(eq(sessions.id, items.sessionId), isNull(sessions.deletedAt)))
    .innerJoin(inputs, eq(inputs.id, items.inputId))
    .leftJoin(images, eq(images.id, inputs.imageId))
    .where(and(eq(items.id, itemId), eq(items.ownerId, userId)));
  if (!row) return null;
  const { item, input, source, snapshot } = row;
  const tries = await db()
    .select({ attempt: attempts, image: images, origin: ORIGIN })
    .from(attempts)
    .leftJoin(images, eq(images.id, attempts.imageId))
    .leftJoin(first, eq(first.id, attempts.reusedFrom))
    .leftJoin(firstItem, eq(firstItem.id, first.itemId))
    .leftJoin(firstSession, and(eq(firstSession.id, firstItem.sessionId), isNull(firstSession.deletedAt)))
    .where(eq(attempts.itemId, itemId))
    .orderBy(desc(attempts.number));
  const session = snapshot?.prompt ?? "";
  return {
    id: item.id,
    sessionId: item.sessionId,
    position: item.position,
    variant: item.variant,
    status: item.status,
    source: {
      inputId: input.id,
      name: input.sourceName,
      path: input.sourcePath,
      image: source ? detailImage(source) : null,
    },
    prompt: item.promptOverride ?? effectivePrompt({ session, mode: input.promptMode, own: input.prompt }),
    attempts: tries.map(({ attempt, image, origin }) => ({
      ...detailAttempt(attempt, image, item.currentAttemptId),
      reusedFrom: originOf(origin),
    })),
  };
}

/** Null also when its session was deleted. */
function originOf(origin: {
  sessionId: string | null;
  sessionName: string | null;
  position: number | null;
  itemId: string | null;
}): DetailAttempt["reusedFrom"] {
  const { sessionId, sessionName, position, itemId } = origin;
  if (sessionId === null || sessionName === null || position === null || itemId === null) return null;
  return { sessionId, sessionName, position, itemId };
}

function detailImage({ id, width, height, format, bytes, alpha, sha256, thumbhash }: Image): DetailImage {
  return { id, width, height, format, bytes, alpha, sha256, thumbhash };
}

function detailAttempt(
  attempt: Attempt,
  image: Image | null,
  currentId: string | null,
): Omit<DetailAttempt, "reusedFrom"> {
  const {
    id,
    number,
    outcome,
    prompt,
    connection,
    model,
    modelVersion,
    settings,
    seed,
    requestId,
    cost,
    charge,
    usage,
    notes,
  } = attempt;
  return {
    id,
    number,
    outcome,
    prompt,
    connection,
    model,
    modelVersion,
    settings,
    seed,
    requestId,
    cost,
    charge,
    usage,
    notes,
    startedAt: attempt.startedAt.getTime(),
    tookMs: attempt.finishedAt ? attempt.finishedAt.getTime() - attempt.startedAt.getTime() : null,
    error: attempt.errorCode
      ? { code: attempt.errorCode, words: attempt.errorWords ?? "", details: attempt.errorDetails }
      : null,
    image: image ? detailImage(image) : null,
    current: id === currentId,
  };
}
