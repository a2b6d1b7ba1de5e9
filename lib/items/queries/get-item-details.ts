import "server-only";
import { and, desc, eq, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { db } from "@/db";
import {
  type Attempt,
  attempts,
  type Image,
  type Input,
  images,
  inputs,
  items,
  type Session,
  type Step,
  sessions,
  steps,
} from "@/db/schema";
import { effectivePrompt } from "@/lib/prompts/merge";
import { baseOf } from "@/lib/steps/queries/list-chain";
import { withBase } from "@/lib/steps/step-settings";
import type { DetailAttempt, ItemDetails } from "../details";
import { detailImage } from "./detail-image";
import { listFeeds } from "./list-feeds";

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
    .select({
      item: items,
      step: steps,
      input: inputs,
      source: images,
      session: sessions,
    })
    .from(items)
    .innerJoin(sessions, and(eq(sessions.id, items.sessionId), isNull(sessions.deletedAt)))
    .innerJoin(steps, eq(steps.id, items.stepId))
    .innerJoin(inputs, eq(inputs.id, items.inputId))
    .leftJoin(images, eq(images.id, inputs.imageId))
    .where(and(eq(items.id, itemId), eq(items.ownerId, userId)));
  if (!row) return null;
  const { item, session, step, input, source } = row;
  const tries = await db()
    .select({ attempt: attempts, image: images, origin: ORIGIN })
    .from(attempts)
    .leftJoin(images, eq(images.id, attempts.imageId))
    .leftJoin(first, eq(first.id, attempts.reusedFrom))
    .leftJoin(firstItem, eq(firstItem.id, first.itemId))
    .leftJoin(firstSession, and(eq(firstSession.id, firstItem.sessionId), isNull(firstSession.deletedAt)))
    .where(eq(attempts.itemId, itemId))
    .orderBy(desc(attempts.number));
  const original = source ? detailImage(source) : null;
  const madeFrom = await listFeeds(
    tries.map(({ attempt }) => attempt),
    { wiring: step.fedBy, original },
  );
  return {
    id: item.id,
    sessionId: item.sessionId,
    position: item.position,
    variant: item.variant,
    status: item.status,
    step: { id: step.id, place: step.position, of: session.stepCount },
    source: {
      inputId: input.id,
      name: input.sourceName,
      path: input.sourcePath,
      image: original,
    },
    prompt: item.promptOverride ?? stepPrompt(row),
    attempts: tries.map(({ attempt, image, origin }) => ({
      ...detailAttempt(attempt, image, item.currentAttemptId),
      madeFrom: madeFrom.get(attempt.id) ?? [],
      reusedFrom: originOf(origin),
    })),
  };
}

/** What an image says of its own is said to the first step. */
function stepPrompt({ session, step, input }: { session: Session; step: Step; input: Input }): string {
  const { prompt } = withBase(baseOf(session), step);
  if (step.position !== 1) return prompt.trim();
  return effectivePrompt({ session: prompt, mode: input.promptMode, own: input.prompt });
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

function detailAttempt(
  attempt: Attempt,
  image: Image | null,
  currentId: string | null,
): Omit<DetailAttempt, "reusedFrom" | "madeFrom"> {
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
