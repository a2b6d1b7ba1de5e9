import { studioModel } from "./studio/studio";
import type { Capabilities, ImageModel } from "./types";

const registered = new Map<string, ImageModel>([[studioModel.id, studioModel]]);

/** The model of that id, or null. */
export function findModel(id: string): ImageModel | null {
  return registered.get(id) ?? null;
}

/** Models a session may choose from, as the page shows them. */
export function models(): { id: string; label: string; capabilities: Capabilities }[] {
  return [...registered.values()].map(({ id, label, capabilities }) => ({ id, label, capabilities }));
}

/** Adds a model to this process (adapters at boot; benches and tests their own). */
export function registerModel(model: ImageModel): void {
  registered.set(model.id, model);
}
