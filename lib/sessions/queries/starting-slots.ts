import "server-only";
import type { Session } from "@/db/schema";
import { STUDIO_CONNECTION } from "@/lib/connections/constants";
import { findConnection } from "@/lib/connections/queries";
import { startLimits } from "@/lib/connections/start-limits";
import { slotState } from "@/lib/limits/queries";
import { DEFAULT_SETTINGS } from "../constants";

/** How many images of a session could be made at once, and how many a minute, if nothing else ran. */
export async function startingSlots({
  settings,
  ownerId,
}: Session): Promise<{ atOnce: number; perMinute: number | null }> {
  const { connection, parallel } = { ...DEFAULT_SETTINGS, ...settings };
  const { inFlight, perMinute } = await roomOf(connection, ownerId);
  return { atOnce: Math.max(1, Math.min(inFlight, parallel ?? inFlight)), perMinute };
}

async function roomOf(connection: string, ownerId: string) {
  const state = await slotState(connection);
  if (connection === STUDIO_CONNECTION || state.nextSlotMs !== null) {
    return { inFlight: state.inFlight, perMinute: state.imagesPerMinute };
  }
  // Never used: it will start with these.
  const found = await findConnection({ key: connection, ownerId });
  const { inFlight, imagesPerMinute } = found ? startLimits(found) : { inFlight: 1, imagesPerMinute: null };
  return { inFlight, perMinute: imagesPerMinute };
}
