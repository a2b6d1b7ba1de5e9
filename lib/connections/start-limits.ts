import type { RATE_SOURCES } from "@/db/schema/limits";
import { env } from "@/lib/env";
import { inFlightFor } from "@/lib/limits/adapt";
import { DEFAULT_IMAGES_PER_MINUTE } from "@/lib/limits/constants";
import { DIALECT_FACTS, ENV_CONNECTION } from "./constants";
import type { Dialect } from "./types";

export type StartLimits = {
  imagesPerMinute: number | null;
  requestsPerMinute: number | null;
  inFlight: number;
  maxInFlight: number;
  rateSource: (typeof RATE_SOURCES)[number];
};

/** In flight at most, unless its owner says otherwise. */
const MOST_IN_FLIGHT = 256;

/**
 * What a connection's limiter starts from. A paid provider counts by the minute and says nothing at first; a server of
 * one's own makes one image after the other and counts nothing. The environment may say more about its connection.
 */
export function startLimits({ key, dialect }: { key: string; dialect: Dialect }): StartLimits {
  const { OPENAI_IMAGES_PER_MINUTE, OPENAI_REQUESTS_PER_MINUTE, OPENAI_IN_FLIGHT } = env();
  const { paid } = DIALECT_FACTS[dialect];
  const named = key === ENV_CONNECTION ? OPENAI_IMAGES_PER_MINUTE : undefined;
  const most = key === ENV_CONNECTION ? OPENAI_IN_FLIGHT : undefined;
  const imagesPerMinute = named ?? (paid ? DEFAULT_IMAGES_PER_MINUTE : null);
  return {
    imagesPerMinute,
    requestsPerMinute: (key === ENV_CONNECTION ? OPENAI_REQUESTS_PER_MINUTE : undefined) ?? null,
    inFlight: Math.min(paid ? inFlightFor(imagesPerMinute) : 1, most ?? MOST_IN_FLIGHT),
    maxInFlight: most ?? (paid ? MOST_IN_FLIGHT : 1),
    rateSource: named === undefined ? "default" : "set",
  };
}
