import OpenAI from "openai";
import { DIALECT_FACTS } from "@/lib/connections/constants";
import type { Connection } from "@/lib/connections/types";
import { dispatcherFor } from "./dispatchers";
import { providerFetch, type Received } from "./provider-fetch";

/** Servers without a key ignore it, and the SDK insists on one. */
const NO_KEY = "none";

export type Client = {
  sdk: OpenAI;
  /** What the call got back; null before, and when nothing came. */
  received(): Received | null;
  /** What broke the call before an answer began. */
  broken(): unknown;
};

/** The official client for one call: no retries of its own, nothing logged. */
export function clientFor(connection: Connection, timeoutMs: number): Client {
  const { trusted, dialect } = connection;
  let received: Received | null = null;
  let broken: unknown;
  const sdk = new OpenAI({
    apiKey: connection.apiKey ?? NO_KEY,
    baseURL: connection.baseUrl ?? DIALECT_FACTS[dialect].ownAddress ?? undefined,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: "off",
    adminAPIKey: null,
    // Undefined: as the environment says, which is the operator's.
    organization: trusted ? undefined : null,
    project: trusted ? undefined : null,
    fetch: providerFetch({
      dispatcher: dispatcherFor({ trusted, timeoutMs }),
      trusted,
      onAnswer: (answer) => {
        received = answer;
      },
      onBroken: (error) => {
        broken = error;
      },
    }),
  });
  return { sdk, received: () => received, broken: () => broken };
}
