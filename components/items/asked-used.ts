import type { DetailAttempt } from "@/lib/items/details";
import { sizeOf } from "@/lib/models/check-size";
import { pixelsWords } from "@/lib/words";

export type AskedUsed = {
  name: string;
  asked: string;
  /** Null: the provider did not say. */
  used: string | null;
  /** What was asked for in so many words came out as something else. */
  differs: boolean;
};

/** Answers of the provider that have a row of their own. */
export const COMPARED = ["model", "size", "quality", "background"] as const;

/** What stands for "you choose"; whatever came of it is right. */
const OPEN = ["auto", "source"];

/** What was asked of a model beside what it really used; empty for the built-in one, which does as it is told. */
export function askedUsed({ connection, model, modelVersion, settings }: DetailAttempt): AskedUsed[] {
  const { provider, used = {} } = settings;
  if (connection === "studio" || !provider) return [];
  const said = (name: string) => (used[name] === undefined ? null : String(used[name]));
  const version = said("model") ?? modelVersion;
  return [
    {
      name: "Model",
      asked: model,
      used: version,
      // A name without a date stands for its snapshots.
      differs: version !== null && version !== model && !version.startsWith(`${model}-`),
    },
    row("Size", provider.size, said("size")),
    row("Quality", provider.quality, said("quality")),
    ...(provider.background === "auto" && !said("background")
      ? []
      : [row("Background", provider.background, said("background"))]),
  ];
}

function row(name: string, asked: string, used: string | null): AskedUsed {
  return {
    name,
    asked: asWords(asked),
    used: used === null ? null : asWords(used),
    differs: used !== null && !OPEN.includes(asked) && asked !== used,
  };
}

function asWords(value: string): string {
  if (value === "source") return "as the source";
  if (value === "auto") return "model decides";
  const size = sizeOf(value);
  return size ? pixelsWords(size.width, size.height) : value;
}
