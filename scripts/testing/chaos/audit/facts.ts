import { asc, eq, sql } from "drizzle-orm";
import { db } from "@/db";
import {
  type Attempt,
  attempts,
  type Image,
  type Item,
  images,
  inputs,
  items,
  type Session,
  sessions,
} from "@/db/schema";
import type { Call } from "../../fake-provider/log/call";
import type { ChaosSize, Strike } from "../types";

/** All there is to know of a run that ended. */
export type Facts = {
  size: ChaosSize;
  dataDir: string;
  session: Session;
  /** `number` is what its source carries (`numberedPicture`). */
  items: (Item & { number: number })[];
  attempts: Attempt[];
  images: Map<string, Image>;
  /** Calls for images as the provider saw them. */
  calls: Call[];
  strikes: Strike[];
  /** Longest wait for one answer, ms. */
  timeoutMs: number;
};

export type Rows = Pick<Facts, "session" | "items" | "attempts" | "images">;

/** The rows of a session and everything its owner has stored. */
export async function readRows(sessionId: string): Promise<Rows> {
  const [session] = await db().select().from(sessions).where(eq(sessions.id, sessionId));
  if (!session) throw new Error("the session is gone");
  const made = await db()
    .select({ item: items, name: inputs.sourceName })
    .from(items)
    .innerJoin(inputs, eq(inputs.id, items.inputId))
    .where(eq(items.sessionId, sessionId))
    .orderBy(asc(items.position));
  const tries = await db()
    .select()
    .from(attempts)
    .where(sql`${attempts.itemId} in (select id from items where session_id = ${sessionId})`)
    .orderBy(asc(attempts.startedAt));
  const stored = await db().select().from(images).where(eq(images.ownerId, session.ownerId));
  return {
    session,
    items: made.map(({ item, name }) => ({ ...item, number: numberIn(name) })),
    attempts: tries,
    images: new Map(stored.map((image) => [image.id, image])),
  };
}

/** "picture-17.jpg" carries 17. */
export function pictureName(number: number): string {
  return `picture-${number}.jpg`;
}

function numberIn(name: string): number {
  return Number(/^picture-(\d+)\.jpg$/.exec(name)?.[1] ?? -1);
}
