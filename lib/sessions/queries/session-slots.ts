import "server-only";
import type { Session } from "@/db/schema";
import { STUDIO_CONNECTION } from "@/lib/connections/constants";
import { slotState } from "@/lib/limits/queries";
import { openItems } from "../status";
import type { ItemCounts, SessionSlots } from "../wire";

/** How a run gets through to its provider; null when it sends nothing there now. */
export async function sessionSlots(session: Session, counts: ItemCounts): Promise<SessionSlots | null> {
  const connection = session.snapshot?.settings.connection ?? STUDIO_CONNECTION;
  if (session.snapshot?.settings.lane === "economy") return null;
  if (connection === STUDIO_CONNECTION || session.state !== "running" || openItems(counts) === 0) return null;
  const { running, nextSlotMs, blockedWhy, imagesPerMinute } = await slotState(connection);
  return {
    running,
    nextAt: nextSlotMs === null ? null : Date.now() + nextSlotMs,
    blockedWhy,
    ratePerMinute: imagesPerMinute,
  };
}
