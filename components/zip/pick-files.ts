import Papa from "papaparse";
import type { DownloadList } from "@/lib/zip/types";

/** The same list with some of its files only, and manifests that tell of these and of the steps before them. */
export function pickFiles(list: DownloadList, itemIds: ReadonlySet<string>): DownloadList {
  const files = list.files.filter(({ itemId }) => itemIds.has(itemId));
  const names = new Set<string | null>(files.map(({ name }) => name));
  const manifest: { items: { n: number; file: string | null }[] } = JSON.parse(list.manifestJson);
  const numbers = new Set(manifest.items.flatMap(({ n, file }) => (names.has(file) ? [String(n)] : [])));
  const isPicked: Picked = (file, n) => names.has(file) || (!file && numbers.has(n));
  const items = manifest.items.filter(({ n, file }) => isPicked(file, String(n)));
  return {
    ...list,
    files,
    failed: [],
    manifestCsv: pickLines(list.manifestCsv, isPicked),
    manifestJson: `${JSON.stringify({ ...manifest, items }, null, 2)}\n`,
  };
}

/** A line of a picked file, or of a step before it that is in the manifest alone. */
type Picked = (file: string | null, n: string) => boolean;

function pickLines(csv: string, isPicked: Picked): string {
  const bom = csv.startsWith("\ufeff") ? "\ufeff" : "";
  const { data } = Papa.parse<string[]>(csv.slice(bom.length), { skipEmptyLines: true });
  const [head = [], ...rows] = data;
  const [file, n] = [head.indexOf("file"), head.indexOf("n")];
  const kept = rows.filter((row) => isPicked(row[file] ?? null, row[n] ?? ""));
  return `${bom}${Papa.unparse([head, ...kept], { newline: "\r\n" })}\r\n`;
}
