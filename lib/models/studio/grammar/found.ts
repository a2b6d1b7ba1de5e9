import type { EditOp, Rgb } from "@/lib/models/studio/edit-plan";
import type { NamedColour } from "./colour";
import type { Match } from "./pattern";
import type { Token } from "./tag";

/** What rules hand to the merge: finished operations, and wishes whose meaning hangs on the rest of the prompt. */
export type Draft =
  | EditOp
  | { op: "ratio"; how: "fit" | "crop" | "pad"; width: number; height: number; fill: Rgb | null }
  | { op: "no-shadow"; asked: string | null }
  | { op: "kept"; what: "background" | "frame" }
  | { op: "warning"; text: string }
  | { op: "refused" };

/**
 * One way of asking for something. `at`: "anywhere" also counts inside words nothing else understood, "start" only
 * where an instruction can begin, "alone" only when nothing unknown stands before it in the sentence. `whole`: a word
 * no list has may not follow at once ("on a beach chair" is no beach).
 */
export type Rule = {
  say: string[];
  at?: "anywhere" | "start" | "alone";
  whole?: boolean;
  make: (found: Found) => Draft[];
};

/** Reads a match by the names its pattern used. */
export class Found {
  readonly colours: NamedColour[];
  private readonly tokens: Token[];

  constructor(private readonly parts: Match["parts"]) {
    this.colours = parts.flatMap(({ as, tokens }) => {
      const colour = as === "COLOUR" ? tokens[0]?.colour : undefined;
      return colour ? [colour] : [];
    });
    this.tokens = parts.flatMap(({ tokens }) => tokens);
  }

  has(name: string) {
    return this.parts.some(({ as }) => as === name);
  }

  /** The lexicon's value of the first part read as `tag` ("SCENE" -> "beach"). */
  value(tag: string): string | null {
    return this.values(tag)[0] ?? null;
  }

  values(tag: string): string[] {
    return this.parts.flatMap(({ as, tokens }) => (as === tag ? [tokens[0]?.tags.get(tag) ?? ""] : []));
  }

  /** The thing spoken of, in the person's words; null for "it" and "the product". */
  get noun(): string | null {
    const words = this.parts.find(({ as }) => as === "NOUN")?.tokens;
    if (!words || words.every((token) => token.tags.has("SUBJ"))) return null;
    return words
      .map((token) => token.colour?.name ?? (token.word || String(token.number?.value ?? "")))
      .join(" ");
  }

  get number(): number | null {
    return this.tokens.find((token) => token.number)?.number?.value ?? null;
  }

  get pair() {
    return this.tokens.find((token) => token.pair)?.pair ?? null;
  }

  /** 0..1: the share named, else `usual` made smaller by "slightly" and larger by "much". */
  amount(usual: number): number {
    if (this.number !== null) return Math.min(1, Math.abs(this.number) / 100);
    if (this.has("SLIGHT")) return usual / 2;
    return this.has("STRONG") ? Math.min(1, usual * 1.6) : usual;
  }
}
