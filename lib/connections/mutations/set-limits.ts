import "server-only";
import { eq, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db";
import { limits } from "@/db/schema/limits";
import { type AuditAction, recordAudit } from "@/lib/audit";
import { dispatch } from "@/lib/items/mutations/dispatch";
import { lockConnection } from "@/lib/limits/mutations";
import { ok, type Result, refused } from "@/lib/result";
import { DIALECT_FACTS, ENV_CONNECTION } from "../constants";
import { envConnection } from "../env-connection";
import { isInstallationOwner } from "../queries";
import { startLimits } from "../start-limits";
import type { Dialect } from "../types";
import { gone, lockRow } from "./edit-connections";
import { ensureLimits } from "./ensure-limits";

type Numbers = { imagesPerMinute: number | null; requestsPerMinute: number | null; maxInFlight: number };
type Row = Partial<typeof limits.$inferInsert>;

/**
 * A person's own numbers: they hold until the provider refuses calls and names lower ones. What is owed to the pace
 * of before is forgiven. For the installation's connection only its owner may, and the environment's numbers win.
 */
export function setLimits({ userId, key, ...numbers }: { userId: string; key: string } & Numbers) {
  return changeLimits({ userId, key, action: "limits.set" }, ({ dialect }) => ({
    ...numbers,
    rateSource: "set",
    // Without a rate nothing makes it grow towards the new number.
    inFlight: DIALECT_FACTS[dialect].paid ? undefined : numbers.maxInFlight,
  }));
}

/** Forgets a person's numbers and starts again from what a connection of this kind starts from. */
export function learnLimits({ userId, key }: { userId: string; key: string }) {
  return changeLimits({ userId, key, action: "limits.learn" }, ({ dialect }) => ({
    ...startLimits({ key, dialect }),
    cleanAnswers: 0,
    answers: 0,
    recent: 0,
  }));
}

async function changeLimits(
  { userId, key, action }: { userId: string; key: string; action: AuditAction },
  change: (connection: { dialect: Dialect }) => Row,
): Promise<Result> {
  const result = await db().transaction(async (tx): Promise<Result> => {
    const connection = await findMine(tx, { userId, key });
    if (!connection.ok) return connection;
    await lockConnection(tx, key);
    await ensureLimits(key, tx);
    const next = change(connection.value);
    await tx
      .update(limits)
      .set({
        ...next,
        inFlight: next.inFlight ?? sql`least(${limits.inFlight}, ${next.maxInFlight})`,
        imagesTat: sql`least(${limits.imagesTat}, now())`,
        requestsTat: sql`least(${limits.requestsTat}, now())`,
        changedAt: sql`now()`,
        updatedAt: sql`now()`,
      })
      .where(eq(limits.connection, key));
    await ensureLimits(key, tx);
    await recordAudit(tx, { ownerId: userId, action, after: { connection: key, ...next } });
    return ok();
  });
  // What waits for a slot is asked for at once, not at the moment the old numbers named.
  if (result.ok) await dispatch(key);
  return result;
}

async function findMine(
  tx: Transaction,
  { userId, key }: { userId: string; key: string },
): Promise<Result<{ dialect: Dialect }>> {
  if (key !== ENV_CONNECTION) {
    const row = await lockRow(tx, { userId, id: key });
    return row ? ok({ dialect: row.dialect }) : gone();
  }
  const shared = envConnection();
  if (!shared) return gone();
  if (await isInstallationOwner(userId)) return ok({ dialect: shared.dialect });
  return refused(
    "not_owner",
    "Everybody here uses this connection, so only whoever runs this installation sets its limits.",
  );
}
