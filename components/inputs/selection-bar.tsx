"use client";

import { CircleMinus, CirclePlus, Pencil, Trash2, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { countWords } from "@/lib/words";

type SelectionBarProps = {
  count: number;
  /** Of the selected, those that are not left out. */
  used: number;
  /** How many the filter shows. */
  shown: number;
  onAll: () => void;
  onPrompt: () => void;
  onExclude: (excluded: boolean) => void;
  onRemove: () => void;
  onNone: () => void;
};

/** What can be done with the selected images; floats over the lower edge. */
export function SelectionBar(props: SelectionBarProps) {
  const { count, used, shown, onAll, onPrompt, onExclude, onRemove, onNone } = props;
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
      {used > 0 && (
        <Button size="small" icon={<CircleMinus aria-hidden />} onClick={() => onExclude(true)}>
          Leave out {countWords(used)}
        </Button>
      )}
      {used < count && (
        <Button size="small" icon={<CirclePlus aria-hidden />} onClick={() => onExclude(false)}>
          Take in {countWords(count - used)}
        </Button>
      )}
      <Button size="small" look="danger" icon={<Trash2 aria-hidden />} onClick={onRemove}>
        Remove {countWords(count)}
      </Button>
      <IconButton label="Select none" keys="Esc" icon={<X aria-hidden />} onClick={onNone} />
    </div>
  );
}
