import "server-only";
import { findConnection } from "@/lib/connections/queries";
import { openaiModel } from "./openai/openai-model";
import { findModel } from "./registry";
import type { ImageModel } from "./types";

/** The model a session names, ready to be called; null when it or its connection is gone or not that person's. */
export async function resolveModel({
  connection,
  model,
  ownerId,
}: {
  connection: string;
  model: string;
  ownerId: string;
}): Promise<ImageModel | null> {
  const here = findModel(model);
  if (here) return here;
  const found = await findConnection({ key: connection, ownerId });
  return found && openaiModel(found, model);
}
