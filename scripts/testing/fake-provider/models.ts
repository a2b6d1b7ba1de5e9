import type { Family } from "./tokens";

export type ServedModel = {
  id: string;
  family: Family;
  qualities: readonly string[];
  complexity: boolean;
  shutdownDate: string | null;
};

const THREE = ["low", "medium", "high"] as const;
const FIVE = [...THREE, "xhigh", "max"] as const;

function served(id: string, family: Family): ServedModel {
  return {
    id,
    family,
    qualities: family === "2" ? THREE : FIVE,
    complexity: family === "2.6",
    shutdownDate: null,
  };
}

/** What the real provider serves in November 2026. The models that end on 1 December are told, and refused. */
export const SERVED: readonly ServedModel[] = [
  served("gpt-image-2.6-flare", "2.6"),
  served("gpt-image-2.6-sunburst", "2.6"),
  served("gpt-image-2.5-flare", "2.5"),
  served("gpt-image-2.5-flare-2026-09-08", "2.5"),
  served("gpt-image-2.5-sunburst", "2.5"),
  served("gpt-image-2.5-sunburst-2026-09-08", "2.5"),
  served("gpt-image-2", "2"),
  served("gpt-image-2-2026-04-21", "2"),
];

const ENDING = { "gpt-image-1.5": "2026-12-01", "gpt-image-1-mini": "2026-12-01" };

/** Body of GET /v1/models. */
export function modelList(own: readonly string[] | undefined, ownedBy = "system") {
  const served: { id: string; shutdownDate: string | null }[] = own
    ? own.map((id) => ({ id, shutdownDate: null }))
    : [...SERVED, ...Object.entries(ENDING).map(([id, shutdownDate]) => ({ id, shutdownDate }))];
  const data = served.map(({ id, shutdownDate }) => ({
    id,
    object: "model",
    created: 1_750_000_000,
    owned_by: ownedBy,
    shutdown_date: shutdownDate,
  }));
  return { object: "list", data };
}

/** The model of that id, or null. An id of one's own behaves like 2.5. */
export function findServed(id: string, own: readonly string[] | undefined): ServedModel | null {
  const known = SERVED.find((model) => model.id === id) ?? null;
  if (!own) return known;
  return own.includes(id) ? (known ?? served(id, "2.5")) : null;
}
