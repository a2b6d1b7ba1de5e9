import type { PromptFile } from "@/components/uploads/prompt-files";
import { type InputRow, isPromptRow } from "@/lib/inputs/wire";
import { sourceStem } from "@/lib/zip/names";
import { sameNameKey } from "@/lib/zip/safe-segment";

export type MatchedPrompts = {
  /** Text files that have an image. */
  files: PromptFile[];
  /** One for each image; several images of one name all get it. */
  pairs: { row: InputRow; prompt: string }[];
};

/**
 * Text files and the images they belong to: cat.txt (or cat.jpg.txt) and cat.jpg of the same folder, case aside. A
 * file that was added later counts where two are for one image.
 */
export function matchPromptFiles(files: readonly PromptFile[], rows: readonly InputRow[]): MatchedPrompts {
  if (files.length === 0) return { files: [], pairs: [] };
  const byKey = new Map(files.map((file) => [keyOf(file.path, textStem(file.name)), file]));
  const used = new Set<PromptFile>();
  const pairs = rows.flatMap((row) => {
    if (row.removed || row.state === "refused" || isPromptRow(row)) return [];
    const file = byKey.get(keyOf(row.path, row.name)) ?? byKey.get(keyOf(row.path, sourceStem(row.name)));
    if (!file) return [];
    used.add(file);
    return { row, prompt: file.text };
  });
  return { files: files.filter((file) => used.has(file)), pairs };
}

/** What an image must be called to take a text file's words. */
export function textStem(name: string): string {
  return name.replace(/\.txt$/i, "");
}

function keyOf(path: string, name: string): string {
  return sameNameKey(`${path}/${name}`);
}
