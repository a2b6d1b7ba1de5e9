"use client";

import {
  ChevronLeft,
  ChevronRight,
  Columns2,
  Download,
  ExternalLink,
  FastForward,
  Square,
} from "lucide-react";
import type { ReactNode } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { CopyImageButton } from "./copy-image-button";
import type { ViewMode } from "./viewer-stage";

const MODES = [
  { value: "side", label: "Both", icon: <Columns2 aria-hidden /> },
  { value: "result", label: "Result", icon: <Square aria-hidden /> },
] as const;

type ViewerControlsProps = {
  /** Null: there is no source to show. */
  mode: ViewMode | null;
  onMode: (mode: ViewMode) => void;
  before: boolean;
  onBefore: (before: boolean) => void;
  /** Null: there is no image before or after this one. */
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
  onDownload: (() => void) | null;
  /** Where the result lies at its full size; null: there is none. */
  fullUrl: string | null;
  redo: { label: string; icon: ReactNode; onPress: () => void } | null;
  /** This step and all it feeds again; undefined where there is no chain. */
  onRunFrom?: () => void;
};

/** Below the stage: how to look, where to go, what to do. */
export function ViewerControls(props: ViewerControlsProps) {
  const { mode, onMode, before, onBefore, onPrevious, onNext, onDownload, fullUrl, redo, onRunFrom } = props;
  return (
    <div className="flex flex-wrap items-center gap-2 pt-3">
      <IconButton
        label="Previous image"
        keys="←"
        look="secondary"
        icon={<ChevronLeft aria-hidden />}
        disabled={!onPrevious}
        onClick={() => onPrevious?.()}
      />
      <IconButton
        label="Next image"
        keys="→"
        look="secondary"
        icon={<ChevronRight aria-hidden />}
        disabled={!onNext}
        onClick={() => onNext?.()}
      />
      {mode && <ToggleGroup label="Show" value={mode} choices={MODES} onChange={onMode} />}
      {mode === "result" && (
        <Button size="small" aria-pressed={before} title="Hold B to blink" onClick={() => onBefore(!before)}>
          Before
        </Button>
      )}
      <div className="flex flex-wrap gap-2 sm:ml-auto">
        {fullUrl && (
          <a href={fullUrl} target="_blank" rel="noreferrer" className={buttonClass("ghost", "small")}>
            <ExternalLink aria-hidden />
            Full size
          </a>
        )}
        {fullUrl && <CopyImageButton url={fullUrl} />}
        {redo && (
          <Button size="small" icon={redo.icon} onClick={redo.onPress}>
            {redo.label}
          </Button>
        )}
        {onRunFrom && (
          <Button size="small" icon={<FastForward aria-hidden />} onClick={onRunFrom}>
            Run from here
          </Button>
        )}
        {onDownload && (
          <Button size="small" look="primary" icon={<Download aria-hidden />} onClick={onDownload}>
            Download
          </Button>
        )}
      </div>
    </div>
  );
}
