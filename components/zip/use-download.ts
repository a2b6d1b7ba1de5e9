"use client";

import { useRef, useState } from "react";
import { useToast } from "@/components/ui/toast";
import { plural } from "@/lib/words";
import { safeSegment } from "@/lib/zip/safe-segment";
import type { DownloadList, DownloadSteps } from "@/lib/zip/types";
import type { ZipOutcome, ZipProgress } from "./build-zip";

export type Downloading = { progress: ZipProgress | null; cancel: () => void };

type Wanted = { itemIds?: ReadonlySet<string>; steps?: DownloadSteps };

/** Builds and saves the archive behind an address that answers a DownloadList. One at a time. */
export function useDownload(listUrl: string) {
  const [downloading, setDownloading] = useState<Downloading | null>(null);
  const busy = useRef(false);
  const toast = useToast();

  /** `steps`: which ones of a chain, the last alone if not told; `itemIds`: some of its results only. */
  async function start({ itemIds, steps }: Wanted = {}) {
    if (busy.current) return;
    busy.current = true;
    const abort = new AbortController();
    const cancel = () => abort.abort();
    setDownloading({ progress: null, cancel });
    try {
      const list = await load(steps ? `${listUrl}?steps=${steps}` : listUrl, {
        itemIds,
        signal: abort.signal,
      });
      if (list.files.length === 0) {
        toast.show({ text: "There is no finished result to download yet." });
        return;
      }
      const { buildZip } = await import("./build-zip");
      const outcome = await buildZip(list, {
        stem: safeSegment(list.session.name),
        signal: abort.signal,
        onProgress: (progress) => setDownloading({ progress, cancel }),
        save: saveFile,
      });
      toast.show({ text: outcomeWords(outcome, list) });
    } catch (error) {
      toast.show(abort.signal.aborted ? { text: STOPPED } : { tone: "error", text: failureWords(error) });
    } finally {
      busy.current = false;
      setDownloading(null);
    }
  }
  return { downloading, start };
}

const STOPPED = "The download was stopped. All results are still here.";

async function load(
  url: string,
  { itemIds, signal }: { itemIds?: ReadonlySet<string>; signal: AbortSignal },
): Promise<DownloadList> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`the list answered ${response.status}`);
  const list: DownloadList = await response.json();
  if (!itemIds) return list;
  const { pickFiles } = await import("./pick-files");
  return pickFiles(list, itemIds);
}

function saveFile(archive: Blob, name: string) {
  const url = URL.createObjectURL(archive);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser copies it while it saves; released a minute later it is whole on every disk.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function outcomeWords({ saved, total, missing }: ZipOutcome, { failed }: DownloadList): string {
  const failures =
    failed.length > 0 ? ` ${plural(failed.length, "failed image")} listed in manifest.csv.` : "";
  if (missing.length > 0) {
    return `${saved} of ${total} results saved; the others are named in _missing.txt.${failures}`;
  }
  return `${plural(saved, "result")} saved.${failures}`;
}

function failureWords(error: unknown): string {
  if (error instanceof RangeError) {
    return "The browser ran out of memory. All results are still here. Select fewer and download those.";
  }
  return "The download did not start: the server does not answer. All results are still here. Try again.";
}
