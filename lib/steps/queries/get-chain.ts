import "server-only";
import { findSession } from "@/lib/sessions/queries/find-session";
import type { ChainAnswer } from "../types";
import { listChain, toChainStep } from "./list-chain";

/** A session's chain, or null when it is not that person's. */
export async function getChain(given: { sessionId: string; userId: string }): Promise<ChainAnswer | null> {
  const session = await findSession(given);
  if (!session) return null;
  const rows = await listChain(session.id);
  return { chainVersion: session.chainVersion, steps: rows.map(toChainStep) };
}
