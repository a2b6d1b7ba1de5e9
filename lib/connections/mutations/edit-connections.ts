import "server-only";
import { and, count, eq, isNull } from "drizzle-orm";
import { db, type Transaction } from "@/db";
import { type ConnectionRow, connections } from "@/db/schema/connections";
import { recordAudit } from "@/lib/audit";
import { ok, type Refused, type Result, refused } from "@/lib/result";
import { canSeal, seal } from "@/lib/secrets/seal";
import { readAddress } from "../address";
import { MAX_CONNECTIONS } from "../constants";
import { last4Of } from "../last4";
import type { Dialect } from "../types";
import { ensureLimits } from "./ensure-limits";

type NewConnection = { userId: string; label: string; dialect: Dialect; address: string; apiKey: string };

/** Adds a connection with its key sealed. Refused for addresses that may not be called, and without a way to seal. */
export async function createConnection({
  userId,
  label,
  dialect,
  address,
  apiKey,
}: NewConnection): Promise<Result<{ id: string }>> {
  const baseUrl = readAddress({ dialect, address });
  if (!baseUrl.ok) return baseUrl;
  if (baseUrl.value === null && !apiKey) return refused("key", "OpenAI asks for a key: paste yours.");
  if (apiKey && !canSeal()) return cannotSeal();
  return db().transaction(async (tx) => {
    const [used] = await tx
      .select({ count: count() })
      .from(connections)
      .where(and(eq(connections.ownerId, userId), isNull(connections.revokedAt)));
    if ((used?.count ?? 0) >= MAX_CONNECTIONS) return tooMany();
    const [row] = await tx
      .insert(connections)
      .values({ ownerId: userId, label, dialect, baseUrl: baseUrl.value })
      .returning({ id: connections.id });
    if (!row) throw new Error("the connection was not stored");
    const { id } = row;
    if (apiKey)
      await tx.update(connections).set(sealed({ userId, id, apiKey })).where(eq(connections.id, id));
    await ensureLimits(id, tx);
    await recordAudit(tx, {
      ownerId: userId,
      action: "connection.create",
      after: { connection: id, dialect },
    });
    return ok({ id });
  });
}

type Change = { userId: string; id: string; label?: string; address?: string; apiKey?: string };

/**
 * Changes name, address or key; what is left out stays. A new address needs the key again: a stored key is never sent
 * to a server it was not put in for.
 */
export async function changeConnection({ userId, id, label, address, apiKey }: Change): Promise<Result> {
  if (apiKey && !canSeal()) return cannotSeal();
  return db().transaction(async (tx) => {
    const row = await lockRow(tx, { userId, id });
    if (!row) return gone();
    const baseUrl = address === undefined ? ok(row.baseUrl) : readAddress({ dialect: row.dialect, address });
    if (!baseUrl.ok) return baseUrl;
    const moved = baseUrl.value !== row.baseUrl;
    if (moved && row.sealedKey && apiKey === undefined) {
      return refused(
        "key",
        "The address is another one, and the stored key is never sent to a new address by itself. Put the key in again.",
      );
    }
    const next = { label: label ?? row.label, baseUrl: baseUrl.value };
    // What a server answered says nothing about another one, nor for another key.
    const untested = moved || apiKey !== undefined ? { testedAt: null, models: [] } : {};
    await tx
      .update(connections)
      .set({ ...next, ...untested, ...newKey({ userId, id, apiKey }) })
      .where(eq(connections.id, id));
    await recordAudit(tx, {
      ownerId: userId,
      action: "connection.change",
      after: { connection: id, renamed: next.label !== row.label, moved, newKey: apiKey !== undefined },
    });
    return ok();
  });
}

function newKey({ userId, id, apiKey }: { userId: string; id: string; apiKey?: string }) {
  if (apiKey === undefined) return {};
  return apiKey === "" ? { sealedKey: null, keyLast4: null } : sealed({ userId, id, apiKey });
}

function sealed({ userId, id, apiKey }: { userId: string; id: string; apiKey: string }) {
  return { sealedKey: seal(apiKey, { ownerId: userId, id }), keyLast4: last4Of(apiKey) };
}

/** The row of that owner, locked until the transaction ends; undefined when it is not there any more. */
export async function lockRow(
  tx: Transaction,
  { userId, id }: { userId: string; id: string },
): Promise<ConnectionRow | undefined> {
  const [row] = await tx
    .select()
    .from(connections)
    .where(and(eq(connections.id, id), eq(connections.ownerId, userId), isNull(connections.revokedAt)))
    .for("update");
  return row;
}

export function gone(): Refused {
  return refused(
    "not_found",
    "This connection is not there any more. Nothing was changed. Load the page again.",
  );
}

function tooMany(): Refused {
  return refused(
    "too_many",
    `You have ${MAX_CONNECTIONS} connections, which is as many as there can be. Revoke one you don't need.`,
  );
}

function cannotSeal(): Refused {
  return refused(
    "cannot_seal",
    "This installation can't keep keys safe: ENCRYPTION_KEY is not set. Nothing was saved. Whoever runs it can set it.",
  );
}
