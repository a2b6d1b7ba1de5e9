"use client";

import { Pencil, Trash2, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { countWords } from "@/lib/words";

type SelectionBarProps = {
  count: number;
  /** How many the filter shows. */
  shown: number;
  onAll: () => void;
  onPrompt: () => void;
  onRemove: () => void;
  onNone: () => void;
};

/** What can be done with the selected images; floats over the lower edge. */
export function SelectionBar({ count, shown, onAll, onPrompt, onRemove, onNone }: SelectionBarProps) {
  if (count === 0) return null;
  return (
    <div
      role="toolbar"
      aria-label="Selected images"
      className="fixed inset-x-3 bottom-4 z-30 mx-auto flex w-fit max-w-full animate-enter flex-wrap items-center gap-1.5 rounded-panel bg-raised px-3 py-2 shadow-overlay max-sm:bottom-17 lg:right-99"
    >
      <span className="px-1 font-medium text-dense">{countWords(count)} selected</span>
      {count < shown && (
        <Button size="small" look="ghost" onClick={onAll}>
          Select all {countWords(shown)}
        </Button>
      )}
      <Button size="small" icon={<Pencil aria-hidden />} onClick={onPrompt}>
        Set prompt for {countWords(count)}
      </Button>
      <Button size="small" look="danger" icon={<Trash2 aria-hidden />} onClick={onRemove}>
        Remove {countWords(count)}
      </Button>
      <IconButton label="Select none" keys="Esc" icon={<X aria-hidden />} onClick={onNone} />
    </div>
  );
}
