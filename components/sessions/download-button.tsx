"use client";

import { Download } from "lucide-react";
import { Button, type ButtonLook } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { countWords } from "@/lib/words";
import type { DownloadSteps } from "@/lib/zip/types";

type DownloadButtonProps = {
  look: ButtonLook;
  /** Finished images. */
  images: number;
  /** Finished results of all steps. */
  results: number;
  /** The session has a chain. */
  hasSteps: boolean;
  pending: boolean;
  onDownload: (steps?: DownloadSteps) => void;
};

/** Takes all results away; of a chain the last ones, or those of every step. */
export function DownloadButton({
  look,
  images,
  results,
  hasSteps,
  pending,
  onDownload,
}: DownloadButtonProps) {
  const button = {
    look,
    pending,
    icon: <Download aria-hidden />,
    children: `Download All (${countWords(images)})`,
  };
  if (!hasSteps) return <Button {...button} disabled={images === 0} onClick={() => onDownload()} />;
  return (
    <Menu label="Download" trigger={<Button {...button} disabled={results === 0} />}>
      <MenuItem disabled={images === 0} onSelect={() => onDownload("last")}>
        {`Last results (${countWords(images)})`}
      </MenuItem>
      <MenuItem onSelect={() => onDownload("all")}>
        {`All steps in folders (${countWords(results)})`}
      </MenuItem>
    </Menu>
  );
}
