import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { db } from "@/db";
import { connections } from "@/db/schema/connections";
import { recordAudit } from "@/lib/audit";
import { takeTry, throttleKey } from "@/lib/auth/throttle";
import { ok, type Result, refused } from "@/lib/result";
import { ENV_CONNECTION } from "../constants";
import { rememberEnvProbe } from "../env-memory";
import { probe } from "../probe";
import { findConnection, isInstallationOwner } from "../queries";
import { ensureLimits } from "./ensure-limits";

/** A person may not scan other people's servers through ours. */
const TESTS_A_MINUTE = 20;

/**
 * Asks the server behind a connection for its models and keeps them. Answers how many it named; refused with words
 * for what went wrong, and then what was known before stays. Throws TooManyTriesError.
 */
export async function testConnection({
  userId,
  key,
}: {
  userId: string;
  key: string;
}): Promise<Result<{ models: number }>> {
  const connection = await findConnection({ key, ownerId: userId });
  if (!connection) {
    return refused(
      "not_found",
      "This connection can't be used: it is not there any more, or its key must be put in again.",
    );
  }
  if (key === ENV_CONNECTION && !(await isInstallationOwner(userId))) {
    return refused("not_owner", "Only whoever runs this installation tests the connection everybody uses.");
  }
  await takeTry({
    key: throttleKey("connection-test", userId),
    limit: TESTS_A_MINUTE,
    windowSeconds: 60,
  });
  const answer = await probe(connection);
  await recordAudit(db(), {
    ownerId: userId,
    action: "connection.test",
    after: { connection: key, outcome: answer.ok ? "ok" : answer.reason },
  });
  if (!answer.ok) return refused(answer.reason, answer.words);
  const now = await findConnection({ key, ownerId: userId });
  if (now?.apiKey !== connection.apiKey || now.baseUrl !== connection.baseUrl) {
    return refused("changed", "The connection was changed while it was tested. Test it again.");
  }
  await ensureLimits(key);
  if (key === ENV_CONNECTION) rememberEnvProbe(connection, answer.models);
  else await keep({ userId, key, models: answer.models });
  return ok({ models: answer.models.length });
}

async function keep({ userId, key, models }: { userId: string; key: string; models: string[] }) {
  const isTheirs = and(eq(connections.id, key), eq(connections.ownerId, userId));
  await db()
    .update(connections)
    .set({ models, testedAt: sql`now()` })
    .where(and(isTheirs, isNull(connections.revokedAt)));
}
