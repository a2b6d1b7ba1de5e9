import { readFromTab, writeToTab } from "@/components/layout/tab-memory";
import type { Chain } from "./chain-keeper";

/** The two ways of working of the switch on top of New. */
export type App = "bulk" | "serial";

const DRAFTS = "drafts-of-switch";
const CHAIN = "chain-without-session";

/** Drafts this tab has on either side of the switch. */
export function draftsOfSwitch(): Partial<Record<App, string>> {
  return readFromTab(DRAFTS) ?? {};
}

export function rememberDraft(app: App, sessionId: string) {
  writeToTab(DRAFTS, { ...draftsOfSwitch(), [app]: sessionId });
}

/** A new session is begun: what stood on the other side belongs to the one before. */
export function forgetDrafts() {
  writeToTab(DRAFTS, null);
}

/** A chain that is written down before it has an image, and so no session: it outlives a reload. */
export function chainWithoutSession(): Chain | null {
  return readFromTab(CHAIN);
}

export function rememberChain(chain: Chain | null) {
  writeToTab(CHAIN, chain);
}
