import { env } from "@/lib/env";
import { DIALECT_FACTS, ENV_CONNECTION } from "./constants";
import { ProviderConnection } from "./provider-connection";
import type { Connection } from "./types";

/** The installation's own connection, for everybody on it; null when neither key nor address is set. */
export function envConnection(): Connection | null {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_DIALECT, OPENAI_MODEL } = env();
  if (!OPENAI_API_KEY && !OPENAI_BASE_URL) return null;
  return new ProviderConnection({
    key: ENV_CONNECTION,
    label: DIALECT_FACTS[OPENAI_DIALECT].label,
    dialect: OPENAI_DIALECT,
    baseUrl: OPENAI_BASE_URL ?? null,
    apiKey: OPENAI_API_KEY ?? null,
    trusted: true,
    models: OPENAI_MODEL ? [OPENAI_MODEL] : [],
  });
}
