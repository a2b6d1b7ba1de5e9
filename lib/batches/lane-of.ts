import type { Capabilities } from "@/lib/models/types";
import type { Lane } from "./types";

/** The lane a step really takes: what has no economy lane goes live. */
export function laneOf(
  wanted: Lane | undefined,
  { capabilities }: { capabilities: Pick<Capabilities, "economy"> },
): Lane {
  return wanted === "economy" && capabilities.economy ? "economy" : "live";
}
