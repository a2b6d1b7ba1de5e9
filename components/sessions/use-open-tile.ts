"use client";

import type { SessionStore } from "./session-store";
import { useFeed } from "./use-session-feed";

/**
 * The tile that the address has open, or null, and the step it asks for with that. Addresses from elsewhere name an
 * item; where tiles are inputs that is its input, at its step.
 */
export function useOpenTile(
  store: SessionStore,
  params: URLSearchParams,
): { openId: string | null; askedStep: string | null } {
  const asked = params.get("item");
  const step = params.get("step");
  const item = useFeed(store, ({ chains, items }) =>
    chains && asked !== null ? items.get(asked) : undefined,
  );
  if (!item) return { openId: asked, askedStep: step };
  return { openId: item.inputId, askedStep: step ?? String(item.stepPosition) };
}
