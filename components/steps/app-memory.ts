import type { Chain } from "./chain-keeper";

/** The two ways of working of the switch on top of New. */
export type App = "bulk" | "serial";

const DRAFTS = "drafts-of-switch";
const CHAIN = "chain-without-session";

/** Drafts this tab has on either side of the switch. */
export function draftsOfSwitch(): Partial<Record<App, string>> {
  return read(DRAFTS) ?? {};
}

export function rememberDraft(app: App, sessionId: string) {
  write(DRAFTS, { ...draftsOfSwitch(), [app]: sessionId });
}

/** A new session is begun: what stood on the other side belongs to the one before. */
export function forgetDrafts() {
  write(DRAFTS, null);
}

/** A chain that is written down before it has an image, and so no session: it outlives a reload. */
export function chainWithoutSession(): Chain | null {
  return read(CHAIN);
}

export function rememberChain(chain: Chain | null) {
  write(CHAIN, chain);
}

function read<T>(key: string): T | null {
  try {
    const kept = sessionStorage.getItem(key);
    return kept === null ? null : JSON.parse(kept);
  } catch {
    return null;
  }
}

function write(key: string, value: unknown) {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // No storage in this browser: what is entered lives as long as the page.
  }
}
