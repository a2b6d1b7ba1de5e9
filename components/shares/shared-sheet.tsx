"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { Problem } from "@/components/layout/problem";
import { Wordmark } from "@/components/layout/wordmark";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { DownloadPanel } from "@/components/zip/download-panel";
import { useDownload } from "@/components/zip/use-download";
import type { SharedRowsAnswer } from "@/lib/shares/types";
import { countWords, plural } from "@/lib/words";
import { SharedTile } from "./shared-tile";
import { SharedViewer } from "./shared-viewer";
import { useSharedResults } from "./use-shared-results";

/** The public page of a link: results, and what its owner chose to show with them. */
export function SharedSheet({ token, first }: { token: string; first: SharedRowsAnswer }) {
  const { title, total, open, rows, ended, recheck } = useSharedResults(token, first);
  const { downloading, start } = useDownload(`/api/shares/${token}/download`);
  const [shown, setShown] = useState<number | null>(null);
  const { options } = first;
  if (ended) return <Ended />;
  const index = rows.findIndex(({ n }) => n === shown);
  return (
    <div onErrorCapture={recheck} className="flex min-h-dvh flex-col">
      <PageHeader
        title={title}
        facts={`${plural(total, "result")}${open ? " · more to come" : ""}`}
        actions={
          options.download && rows.length > 0 ? (
            <Button
              look="primary"
              icon={<Download aria-hidden />}
              pending={downloading !== null}
              onClick={() => start()}
            >
              {`Download All (${countWords(total)})`}
            </Button>
          ) : null
        }
      />
      <main className="flex-1 px-4 py-4 sm:px-5">
        {rows.length === 0 ? (
          <EmptyState title="Nothing finished yet">
            <p>Results appear here by themselves as they are made.</p>
          </EmptyState>
        ) : (
          <ul
            className={
              options.originals
                ? "grid grid-cols-1 gap-x-4 gap-y-4.5 sm:grid-cols-[repeat(auto-fill,minmax(320px,1fr))]"
                : "grid grid-cols-2 gap-x-4 gap-y-4.5 sm:grid-cols-[repeat(auto-fill,minmax(204px,1fr))]"
            }
          >
            {rows.map((row) => (
              <SharedTile
                key={row.n}
                row={row}
                token={token}
                pair={options.originals}
                onOpen={() => setShown(row.n)}
              />
            ))}
          </ul>
        )}
      </main>
      <footer className="px-4 py-4 sm:px-5">
        <Wordmark />
      </footer>
      <SharedViewer token={token} rows={rows} index={index} download={options.download} onShow={setShown} />
      <DownloadPanel downloading={downloading} />
    </div>
  );
}

function Ended() {
  return (
    <Problem title="This link does not show anything" actions={null}>
      <p>It may have ended, or it is incomplete. Ask whoever sent it for a new one.</p>
    </Problem>
  );
}
