import type { DownloadFile } from "@/lib/zip/types";

export type FetchedFile = { file: DownloadFile; bytes: Uint8Array<ArrayBuffer> };
export type MissingFile = { file: DownloadFile; why: string };
export type Fetched = { found: FetchedFile[]; missing: MissingFile[] };

const AT_ONCE = 4;
const TRIES = 3;

/**
 * The bytes of files, at most 4 on their way at once, in the order given. A file that cannot be had, or whose bytes
 * are not those of the list, is tried again and then named as missing. Throws AbortError only.
 */
export async function fetchFiles(
  files: readonly DownloadFile[],
  {
    signal,
    onFile,
    ask = fetch,
    pause = wait,
  }: {
    signal: AbortSignal;
    /** After each file, found or not. */
    onFile: (bytes: number) => void;
    ask?: typeof fetch;
    pause?: (ms: number) => Promise<void>;
  },
): Promise<Fetched> {
  const answers: (FetchedFile | MissingFile)[] = new Array(files.length);
  const queue = files.entries();
  async function work() {
    for (const [index, file] of queue) {
      answers[index] = await fetchFile(file, { signal, ask, pause });
      onFile(file.bytes);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return {
    found: answers.filter((answer) => "bytes" in answer),
    missing: answers.filter((answer) => "why" in answer),
  };
}

async function fetchFile(
  file: DownloadFile,
  { signal, ask, pause }: { signal: AbortSignal; ask: typeof fetch; pause: (ms: number) => Promise<void> },
): Promise<FetchedFile | MissingFile> {
  let why = "";
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    signal.throwIfAborted();
    try {
      const response = await ask(file.url, { signal });
      if (response.ok) {
        const bytes = new Uint8Array(await response.arrayBuffer());
        if (await isWhole(bytes, file.sha256)) return { file, bytes };
        why = "its bytes are not those the server listed";
      } else {
        why = `the server answered ${response.status}`;
        if (response.status === 404 || response.status === 401) return { file, why };
      }
    } catch {
      signal.throwIfAborted();
      why = "the connection dropped";
    }
    if (attempt < TRIES) await pause(1_000 * attempt);
  }
  return { file, why };
}

/** Browsers offer SHA-256 on https and localhost only; elsewhere the transport is trusted. */
async function isWhole(bytes: Uint8Array<ArrayBuffer>, sha256: string): Promise<boolean> {
  if (!globalThis.crypto?.subtle) return true;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("") === sha256;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
