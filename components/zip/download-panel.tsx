"use client";

import { Button } from "@/components/ui/button";
import { ProgressBar } from "@/components/ui/progress-bar";
import { bytesWords, countWords } from "@/lib/words";
import type { Downloading } from "./use-download";

/** Progress of a download at the lower edge, while one runs. */
export function DownloadPanel({ downloading }: { downloading: Downloading | null }) {
  if (!downloading) return null;
  const { progress, cancel } = downloading;
  const share = progress && progress.bytesTotal > 0 ? progress.bytesDone / progress.bytesTotal : 0;
  return (
    <section
      aria-label="Download"
      className="fixed right-4 bottom-4 z-40 w-[min(360px,calc(100vw-32px))] animate-enter rounded-panel bg-raised p-4 shadow-overlay max-sm:bottom-20"
    >
      <div className="mb-2.5 flex items-start justify-between gap-3">
        <div>
          <p className="font-medium">
            {progress && progress.parts > 1
              ? `Downloading part ${progress.part} of ${progress.parts}`
              : "Downloading"}
          </p>
          <p className="edge-print">
            {progress
              ? `${countWords(progress.filesDone)} of ${countWords(progress.filesTotal)} · ${bytesWords(progress.bytesTotal)}`
              : "Making the list"}
          </p>
        </div>
        <Button size="small" onClick={cancel}>
          Stop
        </Button>
      </div>
      <ProgressBar label="Downloaded" value={share} />
    </section>
  );
}
