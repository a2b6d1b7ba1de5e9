import { createHash } from "node:crypto";
import type { Latency } from "./settings";

/** A number in [0, 1) that depends on its arguments alone, so that the same seed gives the same day again. */
export function chance({ seed, call, use }: { seed: number; call: number; use: string }): number {
  const digest = createHash("sha256").update(`${seed}:${call}:${use}`).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/** Milliseconds that call takes. */
export function drawLatency(latency: Latency, { seed, call }: { seed: number; call: number }): number {
  switch (latency.kind) {
    case "fixed":
      return latency.ms;
    case "uniform":
      return latency.minMs + chance({ seed, call, use: "latency" }) * (latency.maxMs - latency.minMs);
    case "lognormal": {
      // Box-Muller; 1 - u keeps the logarithm finite.
      const radius = Math.sqrt(-2 * Math.log(1 - chance({ seed, call, use: "latency" })));
      const normal = radius * Math.cos(2 * Math.PI * chance({ seed, call, use: "angle" }));
      return Math.min(latency.maxMs ?? 600_000, latency.medianMs * Math.exp(latency.sigma * normal));
    }
  }
}
