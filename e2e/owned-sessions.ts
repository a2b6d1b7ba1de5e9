import { randomUUID } from "node:crypto";
import { and, eq, inArray, sql } from "drizzle-orm";
import { expect } from "vitest";
import { closeDb, db } from "@/db";
import { items, users } from "@/db/schema";
import { forgetEnv } from "@/lib/env";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { createSession } from "@/lib/sessions/mutations/create-session";
import type { SessionSettings } from "@/lib/sessions/types";
import type { App } from "./app";

/** Points this process's database at the app's, to do what a click does without a page. */
export async function joinDatabase(app: Pick<App, "databaseUrl" | "dataDir" | "address">): Promise<void> {
  await closeDb();
  Object.assign(process.env, {
    DATABASE_URL: await app.databaseUrl(),
    DATA_DIR: app.dataDir,
    NEXTAUTH_URL: app.address,
    NEXTAUTH_SECRET: "only-for-reading-the-configuration-here",
  });
  forgetEnv();
}

export async function ownerId(): Promise<string> {
  const [owner] = await db().select({ id: users.id }).from(users).where(eq(users.isOwner, true));
  if (!owner) throw new Error("the owner has not signed in");
  return owner.id;
}

export async function newOwnedSession(
  prompt: string,
  settings: SessionSettings = DEFAULT_SETTINGS,
): Promise<string> {
  const { id } = await createSession({ userId: await ownerId(), intent: randomUUID(), prompt, settings });
  return id;
}

/** Waits until `least` items have ended and others have not: asked of the database, which answers while the app is away. */
export async function untilMidRun(sessionId: string, least: number): Promise<void> {
  const mine = eq(items.sessionId, sessionId);
  const all = await db().$count(items, mine);
  const ended = () => db().$count(items, and(mine, inArray(items.status, ["completed", "failed"])));
  await expect.poll(ended, { interval: 50 }).toBeGreaterThanOrEqual(least);
  expect(await ended()).toBeLessThan(all);
}

/** What must hold after anything: one terminal state an item, one shown result, nothing half done. */
export async function listBroken(sessionId: string): Promise<Record<string, unknown>[]> {
  return db().execute(sql`
    select i.position, i.status, i.attempt_count, a.outcome
    from items i left join attempts a on a.id = i.current_attempt_id
    where i.session_id = ${sessionId} and (
      i.status not in ('completed', 'failed') or i.lease_token is not null
      or (i.status = 'completed' and (a.outcome is distinct from 'completed' or a.image_id is null))
      or exists (select 1 from attempts s where s.item_id = i.id and s.outcome = 'sending'))`);
}
