"use client";

import { TriangleAlert } from "lucide-react";
import { type AttachModel, promptRowWords } from "@/components/references/used-references";
import { Button } from "@/components/ui/button";
import type { InputRow } from "@/lib/inputs/wire";
import { countWords, plural } from "@/lib/words";

type PromptRowsNoteProps = {
  /** Rows that have words and no image. */
  rows: readonly InputRow[];
  model: AttachModel | undefined;
  onRemove: (ids: readonly string[]) => void;
};

/** Said while the chosen model cannot make pictures from words. */
export function PromptRowsNote({ rows, model, onRemove }: PromptRowsNoteProps) {
  const words = model && promptRowWords(model);
  if (!words || rows.length === 0) return null;
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-2 rounded-control border border-line bg-warn-bg px-3 py-1 text-warn">
      <TriangleAlert className="size-4 shrink-0" aria-hidden />
      <p className="min-w-0 flex-1 basis-48 text-dense">
        {plural(rows.length, "prompt has", "prompts have")} no image. {words} Choose another model, or remove{" "}
        {rows.length === 1 ? "it" : "them"}.
      </p>
      <Button size="small" onClick={() => onRemove(rows.map(({ id }) => id))}>
        Remove {countWords(rows.length)}
      </Button>
    </div>
  );
}
