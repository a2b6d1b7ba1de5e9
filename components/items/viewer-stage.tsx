"use client";

import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import type { FrameImage } from "@/components/ui/frame";
import { PicturePane } from "./picture-pane";

export const VIEW_MODES = ["side", "result"] as const;
export type ViewMode = (typeof VIEW_MODES)[number];

type ViewerStageProps = {
  mode: ViewMode;
  source: FrameImage | null;
  result: FrameImage | null;
  /** While the key or the button is held: the source in the place of the result. */
  before: boolean;
  /** Instead of a result. */
  words: string;
  /** What the two are called. */
  labels?: { source: string; result: string };
};

const LABELS = { source: "Source", result: "Result" };

/** Source and result on neutral grey, or one in the place of the other. */
export function ViewerStage({ mode, source, result, before, words, labels = LABELS }: ViewerStageProps) {
  const side = mode === "side" && source !== null;
  return (
    <div
      className={cn("flex min-h-0 flex-1 gap-3 bg-canvas p-3", side ? "flex-col sm:flex-row" : "flex-col")}
    >
      {side && (
        <Labelled label={labels.source}>
          <PicturePane image={source} />
        </Labelled>
      )}
      <Labelled label={before && source ? labels.source : labels.result}>
        <PicturePane image={before && source ? source : result}>{words}</PicturePane>
      </Labelled>
    </div>
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <figure className="flex min-h-0 min-w-0 flex-1 flex-col gap-1">
      <figcaption className="edge-print text-ink-2">{label}</figcaption>
      {children}
    </figure>
  );
}
