import type { PriceGroup } from "@/lib/sessions/queries/list-price-groups";
import { ORIGINAL } from "./constants";

/** What a step's result may measure, where nothing better is known of what an earlier step makes from text alone. */
const MADE_SIZE = 1024;

/** An image's own prompt and mask are for the first step; a later one always has a picture to work on. */
export function groupsFor(
  step: { position: number; fedBy: readonly number[] },
  groups: readonly PriceGroup[],
  prompt: string,
): PriceGroup[] {
  const own = step.position === 1;
  const [source = ORIGINAL, ...others] = step.fedBy;
  return groups.map((group) => ({
    ...group,
    promptChars: own ? group.promptChars : prompt.trim().length,
    references: group.references + others.length,
    ...(source === ORIGINAL
      ? {}
      : { width: group.width ?? MADE_SIZE, height: group.height ?? MADE_SIZE, masked: false }),
  }));
}
