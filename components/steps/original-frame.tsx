"use client";

import { CircleAlert, ImagePlus } from "lucide-react";
import { useInputImage } from "@/components/inputs/use-input-image";
import { Frame } from "@/components/ui/frame";
import { Pill } from "@/components/ui/pill";
import { ORIGINAL_ID } from "./chain-strip";
import { FrameShell } from "./frame-shell";
import { originalWords } from "./original-words";
import type { Original } from "./use-original";

type OriginalFrameProps = {
  original: Pick<Original, "row" | "file" | "task">;
  selected: boolean;
  onPress: () => void;
};

/** Where the chain begins. */
export function OriginalFrame({ original, selected, onPress }: OriginalFrameProps) {
  const { row, file, task } = original;
  const image = useInputImage(row, file, 256);
  const words = originalWords(original);
  const bad = row?.state === "refused" || (row?.state === "uploading" && (!task || task.state === "failed"));
  return (
    <FrameShell
      button={{
        "data-step": ORIGINAL_ID,
        "aria-label": `Original, ${row ? `${row.name}, ` : ""}${words}`,
        title: selected && row?.imageId ? "Open large" : undefined,
      }}
      selected={selected}
      onPress={onPress}
      head="Original"
      picture={
        <Frame image={image} className="bg-canvas">
          {!row && <ImagePlus className="size-6 text-ink-3" strokeWidth={1.25} />}
        </Frame>
      }
      foot={
        <>
          {bad ? (
            <Pill tone="err" icon={CircleAlert}>
              {words}
            </Pill>
          ) : (
            <span className="edge-print truncate">{words}</span>
          )}
          {row && <span className="edge-print truncate text-ink-2">{row.name}</span>}
        </>
      }
    />
  );
}
