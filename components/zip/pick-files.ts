import Papa from "papaparse";
import type { DownloadList } from "@/lib/zip/types";

/** The same list with some of its files only, and manifests that tell of these. */
export function pickFiles(list: DownloadList, itemIds: ReadonlySet<string>): DownloadList {
  const files = list.files.filter(({ itemId }) => itemIds.has(itemId));
  const names = new Set<string | null>(files.map(({ name }) => name));
  const manifest: { items: { file: string | null }[] } = JSON.parse(list.manifestJson);
  const items = manifest.items.filter(({ file }) => names.has(file));
  return {
    ...list,
    files,
    failed: [],
    manifestCsv: pickLines(list.manifestCsv, names),
    manifestJson: `${JSON.stringify({ ...manifest, items }, null, 2)}\n`,
  };
}

function pickLines(csv: string, names: ReadonlySet<string | null>): string {
  const bom = csv.startsWith("\ufeff") ? "\ufeff" : "";
  const { data } = Papa.parse<string[]>(csv.slice(bom.length), { skipEmptyLines: true });
  const [head = [], ...rows] = data;
  const column = head.indexOf("file");
  const kept = rows.filter((row) => names.has(row[column] ?? null));
  return `${bom}${Papa.unparse([head, ...kept], { newline: "\r\n" })}\r\n`;
}
