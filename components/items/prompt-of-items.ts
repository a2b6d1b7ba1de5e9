import type { ItemDetails } from "@/lib/items/details";
import type { ItemRow } from "@/lib/items/wire";

/** The prompt some images have in common; null when they differ or it is not known. One image is asked about at the server. */
export async function promptOfItems(
  itemIds: readonly string[],
  { items, sessionPrompt }: { items: ReadonlyMap<string, ItemRow>; sessionPrompt: string },
): Promise<string | null> {
  const own = itemIds.filter((id) => items.get(id)?.ownPrompt);
  if (own.length === 0) return sessionPrompt;
  const [only] = own;
  return only !== undefined && itemIds.length === 1 ? ownPrompt(only) : null;
}

/** The whole prompt of one item, which rows carry the beginning of only. */
async function ownPrompt(id: string): Promise<string | null> {
  try {
    const response = await fetch(`/api/items/${id}`);
    if (!response.ok) return null;
    const details: ItemDetails = await response.json();
    return details.prompt;
  } catch {
    return null;
  }
}
