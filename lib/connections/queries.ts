import "server-only";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { db } from "@/db";
import { type ConnectionRow, connections } from "@/db/schema/connections";
import { users } from "@/db/schema/users";
import { engineName, env } from "@/lib/env";
import { idSchema } from "@/lib/ids";
import { readLimit, youngestBeatMs } from "@/lib/limits/queries";
import { log } from "@/lib/log";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { ENV_CONNECTION } from "./constants";
import { envConnection } from "./env-connection";
import { envModels } from "./env-memory";
import { builtInChoices, choicesOf } from "./model-choices";
import type { Connection, ConnectionView, ModelChoice } from "./types";
import { connectionOf, forMember, limitsView, viewOfEnv, viewOfRow } from "./views";

/** Workers beat every 1.5 s. */
const ALIVE_MS = 30_000;

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

/**
 * A workspace's connections, the installation's first, without any secret. To members they have names, models and
 * limits, and nothing to change.
 */
export async function listConnections({
  userId,
  asMember = false,
}: {
  userId: string;
  asMember?: boolean;
}): Promise<ConnectionView[]> {
  const [rows, isOwner, uses] = await Promise.all([
    listRows(userId),
    isInstallationOwner(userId),
    listUses(userId),
  ]);
  const shared = envConnection();
  const all = [...(shared ? [viewOfEnv(shared, { isOwner })] : []), ...rows.map(viewOfRow)];
  const views = asMember ? all.map(forMember) : all;
  return Promise.all(
    views.map(async (view) => ({
      ...view,
      limits: limitsView(await readLimit(db(), view.key), view),
      uses: uses.get(view.key) ?? { sessions: 0, images: 0 },
    })),
  );
}

/**
 * Every model this person's sessions may use: the built-in one where this installation runs it, then those of the
 * installation's connection, then those of their own, newest connection first. A server of another kind than OpenAI
 * offers what it named when it was asked.
 */
export async function listModelChoices({ userId }: { userId: string }): Promise<ModelChoice[]> {
  const [shared, rows, builtIn] = await Promise.all([sharedChoices(), listRows(userId), runsBuiltIn()]);
  const own = rows.filter((row) => connectionOf(row) !== null).flatMap((row) => choicesOf(row));
  return [...(builtIn ? builtInChoices() : []), ...shared, ...own];
}

/** What a new session starts with: the installation's connection, else one's newest that works, else built in. */
export async function defaultChoice({
  userId,
}: {
  userId: string;
}): Promise<{ connection: string; model: string }> {
  const [first] = await sharedChoices();
  if (first) return { connection: first.connection, model: first.model };
  const rows = await listRows(userId);
  const working = rows.filter((row) => row.testedAt !== null && connectionOf(row) !== null);
  const { connection, model } = working.flatMap((row) => choicesOf(row))[0] ?? DEFAULT_SETTINGS;
  return { connection, model };
}

async function sharedChoices(): Promise<ModelChoice[]> {
  const connection = envConnection();
  if (!connection) return [];
  const { key, label, dialect } = connection;
  return choicesOf(
    { id: key, label, dialect, models: await envModels(connection) },
    { preferred: env().OPENAI_MODEL },
  );
}

/** It paints where a worker is: here, or anywhere that beats. Hosted on request alone, nowhere. */
async function runsBuiltIn(): Promise<boolean> {
  if (engineName() === "embedded" || env().WORKER !== "off") return true;
  const age = await youngestBeatMs();
  return age !== null && age < ALIVE_MS;
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
