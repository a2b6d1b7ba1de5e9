import type { Connection } from "./types";

type Memory = { models: string[]; testedAt: number };

// The installation's connection has no row. Next loads modules several times; only globalThis is common to them.
const shared = globalThis as typeof globalThis & { contactSheetEnvProbe?: Memory & { of: string } };

/** What the server behind the installation's connection named when this process last asked; null before. */
export function recallEnvProbe(connection: Connection): Memory | null {
  const known = shared.contactSheetEnvProbe;
  return known?.of === addressOf(connection) ? known : null;
}

export function rememberEnvProbe(connection: Connection, models: string[]): void {
  shared.contactSheetEnvProbe = { of: addressOf(connection), models, testedAt: Date.now() };
}

/** In tests the environment changes under a process. */
function addressOf({ dialect, baseUrl }: Connection): string {
  return `${dialect} ${baseUrl}`;
}
