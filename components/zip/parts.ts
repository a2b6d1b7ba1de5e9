import type { DownloadFile } from "@/lib/zip/types";

/** JSZip keeps a whole archive in memory, so a large download comes in parts. */
const PART_BYTES = 500 * 1024 * 1024;
const PART_FILES = 500;

/** The files in their order, cut where a part would grow past its limits. Always at least one part. */
export function splitIntoParts(
  files: readonly DownloadFile[],
  { maxBytes = PART_BYTES, maxFiles = PART_FILES }: { maxBytes?: number; maxFiles?: number } = {},
): DownloadFile[][] {
  const parts: DownloadFile[][] = [[]];
  let bytes = 0;
  for (const file of files) {
    const part = parts.at(-1) ?? [];
    if (part.length > 0 && (part.length >= maxFiles || bytes + file.bytes > maxBytes)) {
      parts.push([file]);
      bytes = file.bytes;
    } else {
      part.push(file);
      bytes += file.bytes;
    }
  }
  return parts;
}

/** Name of the archive itself: "Autumn.zip", "Autumn part 2 of 6.zip". */
export function partName(stem: string, index: number, count: number): string {
  return count > 1 ? `${stem} part ${index + 1} of ${count}.zip` : `${stem}.zip`;
}
