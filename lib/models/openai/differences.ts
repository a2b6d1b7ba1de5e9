import type { Wishes } from "./dialects/types";
import type { Seen } from "./finish-image";

type Used = { model: string; quality?: string; background?: string; seen: Seen };

/** What was asked and what was used, where they differ, in words. */
export function differences(asked: Wishes, { model, quality, background, seen }: Used): string[] {
  const size = seen && `${seen.width}x${seen.height}`;
  return [
    // A name without a date stands for its snapshots.
    ...(model === asked.model || model.startsWith(`${asked.model}-`)
      ? []
      : [`Made by ${model}; ${asked.model} was asked for`]),
    ...differs("quality", asked.quality, quality),
    ...differs("background", asked.background, background),
    ...(asked.size && size && asked.size !== "auto" && size !== asked.size
      ? [`The provider made ${times(size)}; ${times(asked.size)} was asked for`]
      : []),
  ];
}

function differs(what: string, asked: string | undefined, used: string | undefined): string[] {
  if (!asked || !used || asked === "auto" || asked === used) return [];
  return [`The provider used ${what} ${used}; ${asked} was asked for`];
}

function times(size: string): string {
  return size.replace("x", "×");
}
