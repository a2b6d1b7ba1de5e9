"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { filesOfDrop, filesOfPaste, type Picked } from "@/components/uploads/picked-files";

/** Takes files dropped or pasted anywhere on the page, and says so while they hang over it. */
export function PageDrop({
  onPicked,
  words = "Drop to add to the list",
}: {
  onPicked: (picked: Picked[]) => void;
  /** What a drop does. */
  words?: string;
}) {
  const [over, setOver] = useState(false);
  const take = useEffectEvent(onPicked);
  useEffect(() => {
    // Each child tells of its own enter and leave; only the balance tells of the page's.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hover = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      // A part of the page that takes files for itself has said so.
      setOver(!event.defaultPrevented);
      event.preventDefault();
    };
    const drop = async (event: DragEvent) => {
      if (!event.dataTransfer || !hasFiles(event.dataTransfer)) return;
      const taken = event.defaultPrevented;
      event.preventDefault();
      depth = 0;
      setOver(false);
      if (!taken) take(await filesOfDrop(event.dataTransfer));
    };
    const paste = (event: ClipboardEvent) => {
      if (event.defaultPrevented || !event.clipboardData || !hasFiles(event.clipboardData)) return;
      event.preventDefault();
      take(filesOfPaste(event.clipboardData, new Date()));
    };
    const abort = new AbortController();
    const { signal } = abort;
    window.addEventListener("dragenter", enter, { signal });
    window.addEventListener("dragleave", leave, { signal });
    window.addEventListener("dragover", hover, { signal });
    window.addEventListener("drop", drop, { signal });
    window.addEventListener("paste", paste, { signal });
    return () => abort.abort();
  }, []);
  if (!over) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-50 animate-fade bg-canvas/90 p-4">
      <div className="grid size-full place-items-center rounded-panel border-2 border-accent border-dashed">
        <p className="text-empty">{words}</p>
      </div>
    </div>
  );
}

function hasFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes("Files") ?? false;
}
