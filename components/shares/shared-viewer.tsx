"use client";

import { type KeyboardEvent, useState } from "react";
import { largeImage, shareImages } from "@/components/items/image-url";
import { usePreference } from "@/components/items/use-preference";
import { ViewerControls } from "@/components/items/viewer-controls";
import { viewerCommand } from "@/components/items/viewer-keys";
import { VIEW_MODES, ViewerStage, type ViewMode } from "@/components/items/viewer-stage";
import { Dialog } from "@/components/ui/dialog";
import type { SharedResult } from "@/lib/shares/types";
import { countWords } from "@/lib/words";
import { sharedName } from "./shared-tile";

type SharedViewerProps = {
  token: string;
  rows: readonly SharedResult[];
  /** -1: closed. */
  index: number;
  download: boolean;
  onShow: (n: number | null) => void;
};

/** One shared result large, beside its source where the link shows it. */
export function SharedViewer({ token, rows, index, download, onShow }: SharedViewerProps) {
  const [mode, setMode] = usePreference<ViewMode>("viewer-mode", { initial: "side", choices: VIEW_MODES });
  const [before, setBefore] = useState(false);
  const row = rows[index];
  if (!row) return null;
  const from = shareImages(token);
  const name = sharedName(row);
  const previous = rows[index - 1];
  const next = rows[index + 1];
  const fullUrl = download ? `${from.base}/${row.result.imageId}/full` : null;
  const commands: Record<string, (() => void) | null> = {
    previous: previous ? () => onShow(previous.n) : null,
    next: next ? () => onShow(next.n) : null,
    before: row.source ? () => setBefore(true) : null,
  };
  function onKeyDown(event: KeyboardEvent) {
    const run = commands[viewerCommand(event) ?? ""];
    if (!run) return;
    event.preventDefault();
    run();
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onShow(null)}
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        document.querySelector<HTMLElement>(`[data-shared="${row.n}"]`)?.focus();
      }}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => event.key.toLowerCase() === "b" && setBefore(false)}
      title={name}
      description={`${countWords(index + 1)} of ${countWords(rows.length)}`}
      size="full"
    >
      <div className="flex h-full min-h-[68dvh] flex-col">
        <ViewerStage
          mode={row.source ? mode : "result"}
          before={before}
          source={row.source && largeImage(row.source, { from, alt: `Source: ${name}` })}
          result={largeImage(row.result, { from, alt: `Result for ${name}` })}
          words=""
        />
        {row.prompt !== null && <p className="pt-3 text-dense text-ink-2">{row.prompt}</p>}
        <ViewerControls
          mode={row.source ? mode : null}
          onMode={setMode}
          before={before}
          onBefore={setBefore}
          onPrevious={commands.previous ?? null}
          onNext={commands.next ?? null}
          onDownload={null}
          fullUrl={fullUrl}
          redo={null}
        />
      </div>
    </Dialog>
  );
}
