import type { DownloadList } from "@/lib/zip/types";
import { type FetchedFile, fetchFiles, type MissingFile } from "./fetch-files";
import { partName, splitIntoParts } from "./parts";

export type ZipProgress = {
  /** From 1. */
  part: number;
  parts: number;
  filesDone: number;
  filesTotal: number;
  bytesDone: number;
  bytesTotal: number;
};

export type ZipOutcome = { saved: number; total: number; missing: MissingFile[] };

type Options = {
  /** Name of the archive without `.zip`. */
  stem: string;
  signal: AbortSignal;
  onProgress: (progress: ZipProgress) => void;
  /** Takes one finished archive; the next part begins when it resolves. */
  save: (archive: Blob, name: string) => Promise<void> | void;
  ask?: typeof fetch;
  limits?: { maxBytes?: number; maxFiles?: number };
};

/**
 * Builds the archive of a list in this browser, stored without compression, in parts of 500 files or 500 MB. Failed
 * items and lost files never stop it: they stand in the manifest and in `_missing.txt`. Throws AbortError when aborted.
 */
export async function buildZip(list: DownloadList, options: Options): Promise<ZipOutcome> {
  const { default: JSZip } = await import("jszip");
  const parts = splitIntoParts(list.files, options.limits);
  const bytesTotal = list.files.reduce((sum, file) => sum + file.bytes, 0);
  const missing: MissingFile[] = [];
  let filesDone = 0;
  let bytesDone = 0;
  for (const [index, files] of parts.entries()) {
    const tell = () =>
      options.onProgress({
        part: index + 1,
        parts: parts.length,
        filesDone,
        filesTotal: list.files.length,
        bytesDone,
        bytesTotal,
      });
    tell();
    const onFile = (bytes: number) => {
      filesDone += 1;
      bytesDone += bytes;
      tell();
    };
    const fetched = await fetchFiles(files, { signal: options.signal, onFile, ask: options.ask });
    missing.push(...fetched.missing);
    const archive = await pack(new JSZip(), list, fetched, options.signal);
    await options.save(archive, partName(options.stem, index, parts.length));
  }
  return { saved: list.files.length - missing.length, total: list.files.length, missing };
}

type Zip = InstanceType<typeof import("jszip")>;

async function pack(
  zip: Zip,
  list: DownloadList,
  { found, missing }: { found: FetchedFile[]; missing: MissingFile[] },
  signal: AbortSignal,
): Promise<Blob> {
  // Folders come from the names; entries of their own would only be noise.
  for (const { file, bytes } of found) zip.file(file.name, bytes, { binary: true, createFolders: false });
  zip.file("manifest.csv", list.manifestCsv);
  zip.file("manifest.json", list.manifestJson);
  if (missing.length > 0) zip.file("_missing.txt", missingText(missing, list.files.length));
  return collect(zip, signal);
}

function missingText(missing: MissingFile[], total: number): string {
  const lines = missing.map(({ file, why }) => `${file.name}: ${why}`);
  const head = `${missing.length} of ${total} results are not in this archive. They are still in the session: download again.`;
  return [head, "", ...lines, ""].join("\r\n");
}

/** Small chunks become blobs as they come, which a browser may keep outside this page's memory. */
const FLUSH_BYTES = 32 * 1024 * 1024;

function collect(zip: Zip, signal: AbortSignal): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const blobs: Blob[] = [];
    let chunks: BlobPart[] = [];
    let bytes = 0;
    const flush = () => {
      blobs.push(new Blob(chunks));
      chunks = [];
      bytes = 0;
    };
    const stream = zip.generateInternalStream({ type: "uint8array", compression: "STORE" });
    const stop = () => {
      stream.pause();
      reject(signal.reason);
    };
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    stream
      .on("data", (chunk) => {
        // A copy, since a blob part may not be a view of memory that its type calls shareable.
        chunks.push(new Uint8Array(chunk));
        bytes += chunk.byteLength;
        if (bytes >= FLUSH_BYTES) flush();
      })
      .on("error", reject)
      .on("end", () => {
        signal.removeEventListener("abort", stop);
        flush();
        resolve(new Blob(blobs, { type: "application/zip" }));
      })
      .resume();
  });
}
