import "server-only";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { db } from "@/db";
import { type ConnectionRow, connections } from "@/db/schema/connections";
import { users } from "@/db/schema/users";
import { idSchema } from "@/lib/ids";
import { readLimit } from "@/lib/limits/queries";
import { log } from "@/lib/log";
import { ENV_CONNECTION } from "./constants";
import { envConnection } from "./env-connection";
import type { Connection, ConnectionView } from "./types";
import { connectionOf, limitsView, viewOfEnv, viewOfRow } from "./views";

/**
 * What is needed to call a provider: the installation's own connection, or one of this owner's with its key opened.
 * Null when there is none, it was taken away, or its key does not open any more.
 */
export async function findConnection({
  key,
  ownerId,
}: {
  key: string;
  ownerId: string;
}): Promise<Connection | null> {
  if (key === ENV_CONNECTION) return envConnection();
  const row = await findRow({ key, ownerId });
  const connection = row && connectionOf(row);
  if (row && !connection) {
    log.warn("the key of a connection does not open: ENCRYPTION_KEY is another one", { connection: key });
  }
  return connection;
}

/** A person's connections, the installation's first, without any secret. */
export async function listConnections({ userId }: { userId: string }): Promise<ConnectionView[]> {
  const [rows, isOwner, uses] = await Promise.all([
    listRows(userId),
    isInstallationOwner(userId),
    listUses(userId),
  ]);
  const shared = envConnection();
  const views = [...(shared ? [viewOfEnv(shared, { isOwner })] : []), ...rows.map(viewOfRow)];
  return Promise.all(
    views.map(async (view) => ({
      ...view,
      limits: limitsView(await readLimit(db(), view.key), view),
      uses: uses.get(view.key) ?? { sessions: 0, images: 0 },
    })),
  );
}

/** Whether this person runs the installation, by the row: what a login says may be older. */
export async function isInstallationOwner(userId: string): Promise<boolean> {
  const [row] = await db().select({ isOwner: users.isOwner }).from(users).where(eq(users.id, userId));
  return row?.isOwner ?? false;
}

async function findRow({ key, ownerId }: { key: string; ownerId: string }): Promise<ConnectionRow | null> {
  if (!idSchema.safeParse(key).success) return null;
  const isTheirs = and(eq(connections.id, key), eq(connections.ownerId, ownerId));
  const [row] = await db()
    .select()
    .from(connections)
    .where(and(isTheirs, isNull(connections.revokedAt)));
  return row ?? null;
}

/** Newest first. */
async function listRows(ownerId: string): Promise<ConnectionRow[]> {
  return db()
    .select()
    .from(connections)
    .where(and(eq(connections.ownerId, ownerId), isNull(connections.revokedAt)))
    .orderBy(desc(connections.createdAt), desc(connections.id));
}

/** This person's running sessions on each connection, and their images that wait. */
async function listUses(userId: string): Promise<Map<string, ConnectionView["uses"]>> {
  const rows = await db().execute<{ key: string; sessions: number; images: number }>(sql`
    select snapshot -> 'settings' ->> 'connection' as key, count(*)::int as sessions,
      sum(queued_count + waiting_count)::int as images
    from sessions
    where owner_id = ${userId} and state = 'running' and deleted_at is null
      and snapshot -> 'settings' ->> 'connection' is not null
    group by 1`);
  return new Map(rows.map(({ key, ...uses }) => [key, uses]));
}
