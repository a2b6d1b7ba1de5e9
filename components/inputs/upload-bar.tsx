"use client";

import { CircleAlert, Pause, Play, RotateCw } from "lucide-react";
import { type ReactNode, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { UploadState, UploadStore } from "@/components/uploads/upload-store";
import { countWords, leftWords, plural } from "@/lib/words";

type UploadBarProps = { uploads: UploadStore; state: UploadState };

/** What the uploads do now, at the lower edge of the list; nothing when all is quiet. */
export function UploadBar({ uploads, state }: UploadBarProps) {
  const online = useOnline();
  const { summary, adding } = state;
  const lines = [
    <Moving key="moving" uploads={uploads} state={state} online={online} />,
    <Failed key="failed" uploads={uploads} state={state} />,
    <Unregistered key="unregistered" uploads={uploads} state={state} />,
  ];
  const quiet = summary.open + summary.failed + adding === 0 && !state.unregistered;
  return (
    <div
      role="status"
      className="sticky bottom-0 z-20 [&_button]:-scroll-mb-24 max-sm:bottom-[calc(56px+env(safe-area-inset-bottom))]"
    >
      {!quiet && (
        <div className="flex flex-col gap-2 border-line border-t bg-surface px-4 py-2.5 sm:px-5">{lines}</div>
      )}
    </div>
  );
}

function Moving({ uploads, state, online }: UploadBarProps & { online: boolean }) {
  const { summary, adding } = state;
  if (summary.open === 0 && adding === 0) return null;
  if (summary.open === 0) return <p className="text-dense">Adding {plural(adding, "file")}</p>;
  const share = summary.bytes > 0 ? summary.sentBytes / summary.bytes : 0;
  return (
    <div className="flex items-center gap-4">
      <div className="min-w-0 flex-1">
        <p className="mb-1.5 text-dense">{wordsFor(state, online)}</p>
        <ProgressBar label="Uploads" value={share} />
      </div>
      {summary.paused ? (
        <Button size="small" icon={<Play aria-hidden />} onClick={() => uploads.resume()}>
          Resume
        </Button>
      ) : (
        <Button size="small" icon={<Pause aria-hidden />} onClick={() => uploads.pause()}>
          Pause
        </Button>
      )}
    </div>
  );
}

function wordsFor({ summary, leftMs, halted }: UploadState, online: boolean): string {
  const progress = `${countWords(summary.sent)} of ${countWords(summary.total)}`;
  if (halted) return `Stopped at ${progress}. ${halted}`;
  if (summary.paused) return `Paused at ${progress}. ${plural(summary.open, "file")} wait.`;
  if (!online) return `You are offline. ${progress} are stored; the others go on by themselves.`;
  return `Uploading ${progress}${leftMs === null ? "" : ` · ${leftWords(leftMs)}`}`;
}

function Failed({ uploads, state: { summary } }: UploadBarProps) {
  if (summary.failed === 0) return null;
  return (
    <Problem
      words={`${plural(summary.failed, "file")} did not upload. The others are fine.`}
      action={
        <Button size="small" icon={<RotateCw aria-hidden />} onClick={() => uploads.retry()}>
          Retry all {countWords(summary.failed)}
        </Button>
      }
    />
  );
}

function Unregistered({ uploads, state: { unregistered } }: UploadBarProps) {
  if (!unregistered) return null;
  return (
    <Problem
      words={`${plural(unregistered.count, "file")} not added. ${unregistered.words}`}
      action={
        <Button size="small" icon={<RotateCw aria-hidden />} onClick={() => uploads.addUnregistered()}>
          Try again
        </Button>
      }
    />
  );
}

function Problem({ words, action }: { words: string; action: ReactNode }) {
  return (
    <div className="flex items-center gap-3">
      <CircleAlert className="size-4 shrink-0 text-err" aria-hidden />
      <p className="min-w-0 flex-1 text-dense">{words}</p>
      {action}
    </div>
  );
}

function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener("online", listener);
      window.addEventListener("offline", listener);
      return () => {
        window.removeEventListener("online", listener);
        window.removeEventListener("offline", listener);
      };
    },
    () => navigator.onLine,
    () => true,
  );
}
