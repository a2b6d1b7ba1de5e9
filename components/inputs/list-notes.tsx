"use client";

import { ChevronDown, CircleAlert, Info, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { refusalParts, refusalWords } from "@/lib/images/refusals";
import type { Refusal } from "@/lib/images/types";
import { countWords, plural } from "@/lib/words";

export type RefusedEntry = { key: string; name: string; refusal: Refusal };

/** Files that were not added: how many, and on request each by name with its reason and what to do. */
export function RefusedNote({ entries, onClear }: { entries: readonly RefusedEntry[]; onClear: () => void }) {
  return (
    <FoldedNote
      label="Files that were not added"
      title={`${plural(entries.length, "file")} ${entries.length === 1 ? "was" : "were"} not added`}
      entries={entries.map(({ key, name, refusal }) => ({ key, ...refusalParts(refusal, name) }))}
      text={entries.map(({ name, refusal }) => refusalWords(refusal, name)).join("\n")}
      onClear={onClear}
    />
  );
}

type FoldedNoteProps = {
  label: string;
  title: string;
  entries: readonly { key: string; happened: string; todo: string }[];
  /** What is copied, where that is more than what is shown. */
  text?: string;
  onClear: () => void;
};

/** Files one must hear of: a line, and on request what happened to each and what to do. */
export function FoldedNote({ label, title, entries, text, onClear }: FoldedNoteProps) {
  const [open, setOpen] = useState(false);
  if (entries.length === 0) return null;
  const shown = entries.map(({ happened, todo }) => `${happened} ${todo}`).join("\n");
  return (
    <section aria-label={label}>
      <div className="flex min-h-11 flex-wrap items-center gap-2 px-3 py-1">
        <CircleAlert className="size-4 shrink-0 text-err" aria-hidden />
        <p className="min-w-0 flex-1 basis-32 text-dense">{title}</p>
        <Button
          size="small"
          look="ghost"
          aria-expanded={open}
          icon={<ChevronDown className={cn("transition-transform", open && "rotate-180")} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          {open ? "Hide" : "Show why"}
        </Button>
        <CopyButton text={text ?? shown} label="Copy list" look="ghost" />
        <IconButton label="Clear this list" icon={<X aria-hidden />} onClick={onClear} />
      </div>
      {open && (
        <ul className="max-h-72 divide-y divide-line overflow-y-auto border-line border-t">
          {entries.map(({ key, happened, todo }) => (
            <li key={key} className="px-3 py-2 text-dense">
              <span className="font-medium">{happened}</span> <span className="text-ink-2">{todo}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

type MissingNoteProps = { here: number; missing: number; onRemove: () => void };

/** After a reload in mid-upload: what is here, what is not, and how to go on. */
export function MissingNote({ here, missing, onRemove }: MissingNoteProps) {
  if (missing === 0) return null;
  return (
    <Note
      actions={
        <Button size="small" look="ghost" onClick={onRemove}>
          Remove {countWords(missing)}
        </Button>
      }
    >
      Choose the same {here + missing === 1 ? "file" : "folder or files"} again: {countWords(here)}{" "}
      {here === 1 ? "is" : "are"} here, {countWords(missing)} to go.
    </Note>
  );
}

export function SkippedNote({ count }: { count: number }) {
  if (count === 0) return null;
  const were = count === 1 ? "was" : "were";
  return (
    <Note>
      {plural(count, "file")} you chose {were} here already and {were} not sent again.
    </Note>
  );
}

type CopiesNoteProps = { count: number; onRemove: () => void };

export function CopiesNote({ count, onRemove }: CopiesNoteProps) {
  if (count === 0) return null;
  return (
    <Note
      actions={
        <Button size="small" look="ghost" onClick={onRemove}>
          Remove {plural(count, "copy", "copies")}
        </Button>
      }
    >
      {plural(count, "image")} {count === 1 ? "is" : "are"} the same file as another one here. All are in the
      list.
    </Note>
  );
}

/** One line with what may be done about it. */
export function Note({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-2 px-3 py-1">
      <Info className="size-4 shrink-0 text-ink-3" aria-hidden />
      <p className="min-w-0 flex-1 basis-48 text-dense">{children}</p>
      {actions}
    </div>
  );
}
