import "server-only";
import { eq, inArray } from "drizzle-orm";
import { db } from "@/db";
import { attempts, images, items, steps } from "@/db/schema";
import { ORIGINAL } from "@/lib/steps/constants";
import { feedOf } from "@/lib/steps/feed-of";
import type { DetailFeed, DetailImage } from "../details";
import { detailImage } from "./detail-image";

/** What each of some attempts of one item worked on, by their ids. `wiring` is what its step is fed by now. */
export async function listFeeds(
  tries: readonly { id: string; fedBy: string[] }[],
  { wiring, original }: { wiring: readonly number[]; original: DetailImage | null },
): Promise<ReadonlyMap<string, DetailFeed[]>> {
  const earlier = await listEarlier([...new Set(tries.flatMap(({ fedBy }) => fedBy))]);
  return new Map(
    tries.map(({ id, fedBy }) => [
      id,
      feedOf({ wiring, fed: fedBy }).map((fedId) =>
        fedId === null ? { step: ORIGINAL, attempt: null, image: original } : (earlier.get(fedId) ?? GONE),
      ),
    ]),
  );
}

const GONE: DetailFeed = { step: null, attempt: null, image: null };

async function listEarlier(attemptIds: string[]): Promise<ReadonlyMap<string, DetailFeed>> {
  if (attemptIds.length === 0) return new Map();
  const rows = await db()
    .select({ id: attempts.id, number: attempts.number, step: steps.position, image: images })
    .from(attempts)
    .innerJoin(items, eq(items.id, attempts.itemId))
    .innerJoin(steps, eq(steps.id, items.stepId))
    .leftJoin(images, eq(images.id, attempts.imageId))
    .where(inArray(attempts.id, attemptIds));
  return new Map(
    rows.map(({ id, number, step, image }) => [
      id,
      { step, attempt: number, image: image ? detailImage(image) : null },
    ]),
  );
}
