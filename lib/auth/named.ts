import { idSchema } from "@/lib/ids";

/** Names of ids whose row says which workspace a request is about. */
export const NAMES = [
  "sessionId",
  "itemId",
  "inputId",
  "imageId",
  "shareId",
  "recipeId",
  "snippetId",
] as const;

/** A row that a request names. Nothing is known yet about whether it is there, and whose it is. */
export type Named = { name: (typeof NAMES)[number]; id: string };

/** What the parameters of a route or the input of an action name; null when nothing of a workspace. */
export function namedBy(given: unknown): Named | null {
  if (typeof given !== "object" || given === null) return null;
  const found = new Map(Object.entries(given));
  for (const name of NAMES) {
    const id = idSchema.safeParse(found.get(name));
    if (id.success) return { name, id: id.data };
  }
  return null;
}

const SESSION_PATH = /^\/(?:sessions|serial)\/([^/?]+)/;

/** What the address of a page names. */
export function namedByPath(path: string | null): Named | null {
  return namedBy({ sessionId: path?.match(SESSION_PATH)?.[1] });
}
