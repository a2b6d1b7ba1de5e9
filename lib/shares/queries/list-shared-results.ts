import "server-only";
import { and, asc, eq, gt, inArray, ne, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { db } from "@/db";
import { attempts, type Image, images, inputs, items } from "@/db/schema";
import { lastStepId } from "@/lib/steps/queries/last-step";
import { SHARED_PAGE } from "../constants";
import type { SharedImage, SharedResult, SharedRowsAnswer } from "../types";
import type { OpenShare } from "./resolve-share";

/** Results a visitor may know of: finished ones of the last step that nobody rejected. */
export function isShared(sessionId: string) {
  return and(
    eq(items.sessionId, sessionId),
    eq(items.stepId, lastStepId(sessionId)),
    inArray(items.status, ["completed", "reused"]),
    ne(items.review, "rejected"),
  );
}

/** A page of results after position `after`, with nothing in it that the link does not show. */
export async function listSharedResults(
  share: OpenShare,
  { after = 0, limit = SHARED_PAGE }: { after?: number; limit?: number } = {},
): Promise<SharedRowsAnswer> {
  const source = alias(images, "source");
  const [rows, total] = await Promise.all([
    db()
      .select({
        n: items.position,
        variant: items.variant,
        name: inputs.sourceName,
        prompt: attempts.prompt,
        result: images,
        source,
      })
      .from(items)
      .innerJoin(attempts, eq(attempts.id, items.currentAttemptId))
      .innerJoin(images, eq(images.id, attempts.imageId))
      .innerJoin(inputs, eq(inputs.id, items.inputId))
      .leftJoin(source, eq(source.id, inputs.imageId))
      .where(and(isShared(share.sessionId), gt(items.position, after)))
      .orderBy(asc(items.position))
      .limit(limit),
    countShared(share),
  ]);
  const { options } = share;
  return {
    title: share.title,
    options,
    total,
    open: share.open,
    rows: rows.map(
      (row): SharedResult => ({
        n: row.n,
        variant: row.variant,
        name: options.names ? row.name : null,
        prompt: options.prompts ? row.prompt : null,
        result: sharedImage(row.result),
        source: options.originals && row.source ? sharedImage(row.source) : null,
      }),
    ),
    next: rows.length === limit ? (rows.at(-1)?.n ?? null) : null,
  };
}

async function countShared({ sessionId }: OpenShare): Promise<number> {
  const [row] = await db()
    .select({ count: sql<number>`count(*)::int` })
    .from(items)
    .innerJoin(attempts, eq(attempts.id, items.currentAttemptId))
    .where(and(isShared(sessionId), sql`${attempts.imageId} is not null`));
  return row?.count ?? 0;
}

function sharedImage({ id, width, height, alpha, thumbhash }: Image): SharedImage {
  return { imageId: id, width, height, alpha, thumbhash };
}
