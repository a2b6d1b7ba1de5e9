"use client";

import { type KeyboardEvent, type RefObject, useRef, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import type { SnippetView } from "@/lib/snippets/types";
import { findSnippets, insertSnippet, type Selected } from "./insert-snippet";
import { SnippetRow } from "./snippet-row";
import { SnippetSave } from "./snippet-save";
import { useSnippets } from "./use-snippets";

type SnippetsDialogProps = {
  field: RefObject<HTMLTextAreaElement | null>;
  prompt: string;
  selected: Selected;
  onChange: (prompt: string) => void;
  onClose: () => void;
};

/** All snippets: type to find, Enter puts in the first, arrows go through them. */
export function SnippetsDialog({ field, prompt, selected, onChange, onClose }: SnippetsDialogProps) {
  const { entries, isAway, ...edits } = useSnippets();
  const [search, setSearch] = useState("");
  const caret = useRef<number | null>(null);
  const chosen = prompt.slice(selected.start, selected.end).trim();
  const found = findSnippets(entries ?? [], search);

  function insert({ text }: SnippetView) {
    const next = insertSnippet(prompt, selected, text);
    caret.current = next.caret;
    onChange(next.prompt);
    onClose();
  }

  return (
    <Dialog
      open
      size="medium"
      title="Snippets"
      description="Pieces of prompts you use again. One is put in where the caret is."
      onOpenChange={(open) => !open && onClose()}
      onKeyDown={moveThrough}
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        field.current?.focus();
        if (caret.current !== null) field.current?.setSelectionRange(caret.current, caret.current);
      }}
    >
      <div className="flex flex-col gap-4">
        <SnippetSave
          text={chosen || prompt.trim()}
          isPart={chosen !== ""}
          known={entries ?? []}
          onSave={edits.save}
        />
        {entries && entries.length > 0 && (
          <Input
            type="search"
            ref={takeFocus}
            aria-label="Search snippets"
            placeholder="Search snippets"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={(event) => {
              const first = found.find(({ deleted }) => !deleted);
              if (event.key === "Enter" && first) insert(first);
            }}
          />
        )}
        <p role="status" className="text-dense text-ink-2 empty:hidden">
          {statusOf({ entries, isAway, found: found.length })}
        </p>
        {found.length > 0 && (
          <ul className="flex flex-col divide-y divide-line border-line border-y">
            {found.map((entry) => (
              <SnippetRow
                key={entry.id}
                entry={entry}
                onInsert={() => insert(entry)}
                onRename={(name) => edits.rename(entry.id, name)}
                onRemove={() => edits.remove(entry.id)}
                onRestore={() => edits.restore(entry)}
              />
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}

function statusOf(given: { entries: readonly unknown[] | null; isAway: boolean; found: number }) {
  if (given.isAway)
    return "The snippets did not come: the server can't be reached. Close this and open it again.";
  if (given.entries?.length === 0)
    return "No snippets yet. Write a prompt, then save it here under a short name.";
  return given.entries && given.found === 0 ? "No snippet has these words." : null;
}

/** They come when the panel is open already; whoever types a name by then is left alone. */
function takeFocus(field: HTMLInputElement | null) {
  if (document.activeElement?.matches("[role=dialog]")) field?.focus();
}

/** Up and down go from the search through the snippets. */
function moveThrough(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("input[type=search], [data-snippet]")];
  const at = stops.findIndex((one) => one.matches(":focus"));
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
