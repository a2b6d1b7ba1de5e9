"use client";

import { type ClipboardEvent, type DragEvent, useState } from "react";
import { filesOfDrop, filesOfPaste, type Picked } from "@/components/uploads/picked-files";

/**
 * A part of the page that takes files for itself. It marks the events as handled (`preventDefault`), so that the page
 * around it, or a larger zone, does not take the same files.
 */
export function useDropZone(onPicked: (picked: Picked[]) => void) {
  const [over, setOver] = useState(false);
  return {
    over,
    zone: {
      onDragOver(event: DragEvent) {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      async onDrop(event: DragEvent) {
        if (event.defaultPrevented || !event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(false);
        onPicked(await filesOfDrop(event.dataTransfer));
      },
      onPaste(event: ClipboardEvent) {
        if (event.defaultPrevented || !event.clipboardData.types.includes("Files")) return;
        event.preventDefault();
        onPicked(filesOfPaste(event.clipboardData, new Date()));
      },
    },
  };
}
