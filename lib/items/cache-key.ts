import { createHash } from "node:crypto";
import type { OutputSettings, ProviderSettings } from "@/lib/sessions/types";

/** All that decides a result. Pictures are named by the SHA-256 of their bytes. */
export type CacheParts = {
  connection: string;
  model: string;
  prompt: string;
  source: string | null;
  references: string[];
  mask: string | null;
  provider: ProviderSettings;
  output: OutputSettings;
  variant: number;
};

/**
 * SHA-256, hex, of everything that decides a result; equal parts give equal keys whatever order their fields are in.
 * Never compared across owners: the owner is part of the cache's own key.
 */
export function cacheKeyOf(parts: CacheParts): string {
  return digestOf({ version: 1, ...parts });
}

/** SHA-256, hex, of a value; the order of its fields makes no difference. */
export function digestOf(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(value)))
    .digest("hex");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
