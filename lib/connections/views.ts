import type { ConnectionRow } from "@/db/schema/connections";
import { env } from "@/lib/env";
import { nextSlot } from "@/lib/limits/pace";
import type { LimitNow } from "@/lib/limits/queries";
import { open, SealError } from "@/lib/secrets/seal";
import { recallEnvProbe } from "./env-memory";
import { last4Of } from "./last4";
import { ProviderConnection } from "./provider-connection";
import { startLimits } from "./start-limits";
import type { Connection, ConnectionView, LimitsView } from "./types";

/** A view without what the database says about use. */
export type BareView = Omit<ConnectionView, "limits" | "uses">;

/** The row with its key opened; null when the key does not open any more. */
export function connectionOf(row: ConnectionRow): Connection | null {
  const apiKey = openKey(row);
  if (apiKey instanceof SealError) return null;
  const { id, label, dialect, baseUrl, models } = row;
  return new ProviderConnection({ key: id, label, dialect, baseUrl, models, apiKey, trusted: false });
}

function openKey({ id, ownerId, sealedKey }: ConnectionRow): string | null | SealError {
  if (!sealedKey) return null;
  try {
    return open(sealedKey, { ownerId, id });
  } catch (error) {
    if (error instanceof SealError) return error;
    throw error;
  }
}

export function viewOfRow(row: ConnectionRow): BareView {
  return {
    key: row.id,
    label: row.label,
    dialect: row.dialect,
    origin: "person",
    address: row.baseUrl,
    hasKey: row.sealedKey !== null,
    last4: row.keyLast4,
    keyLost: openKey(row) instanceof SealError,
    models: row.models,
    testedAt: row.testedAt?.getTime() ?? null,
    mayEdit: true,
    mayEditLimits: true,
    fixedLimits: { imagesPerMinute: false, requestsPerMinute: false, maxInFlight: false },
  };
}

/** Address and last characters are for whoever runs the installation; the others need to know only that it is there. */
export function viewOfEnv(connection: Connection, { isOwner }: { isOwner: boolean }): BareView {
  const { OPENAI_IMAGES_PER_MINUTE, OPENAI_REQUESTS_PER_MINUTE, OPENAI_IN_FLIGHT } = env();
  const { key, label, dialect, baseUrl, apiKey } = connection;
  const probed = recallEnvProbe(connection);
  return {
    key,
    label,
    dialect,
    models: probed?.models ?? [],
    origin: "environment",
    address: isOwner ? baseUrl : null,
    hasKey: apiKey !== null,
    last4: isOwner && apiKey ? last4Of(apiKey) : null,
    keyLost: false,
    testedAt: probed?.testedAt ?? null,
    mayEdit: false,
    mayEditLimits: isOwner,
    fixedLimits: {
      imagesPerMinute: OPENAI_IMAGES_PER_MINUTE !== undefined,
      requestsPerMinute: OPENAI_REQUESTS_PER_MINUTE !== undefined,
      maxInFlight: OPENAI_IN_FLIGHT !== undefined,
    },
  };
}

/** What a member of a workspace may know of a connection: that it is there, and whether it works. */
export function forMember(view: BareView): BareView {
  return { ...view, address: null, last4: null, mayEdit: false, mayEditLimits: false };
}

/** A connection that was never used shows what it will start with. */
export function limitsView({ limit, now, running }: LimitNow, view: BareView): LimitsView {
  const { inFlight, maxInFlight, imagesPerMinute, requestsPerMinute, rateSource } =
    limit ?? startLimits(view);
  const isBlocked = limit !== null && limit.blockedUntil !== null && limit.blockedUntil > now;
  return {
    running,
    inFlight,
    maxInFlight,
    nextSlotMs: limit ? Math.max(0, Math.round(nextSlot(limit, now) - now)) : 0,
    blockedWhy: isBlocked ? limit.blockedWhy : null,
    imagesPerMinute,
    requestsPerMinute,
    rateSource,
  };
}
