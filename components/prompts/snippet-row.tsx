"use client";

import { Pencil, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { MAX_SNIPPET_NAME } from "@/lib/snippets/constants";
import type { SnippetEntry } from "./use-snippets";

/** Answers words when it was refused. */
type Change = () => Promise<string | null>;

type SnippetRowProps = {
  entry: SnippetEntry;
  onInsert: () => void;
  onRename: (name: string) => Promise<string | null>;
  onRemove: Change;
  onRestore: Change;
};

/** One snippet: press it to put it in. */
export function SnippetRow({ entry, onInsert, onRename, onRemove, onRestore }: SnippetRowProps) {
  const [naming, setNaming] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const run = async (change: Change) => setError(await change());
  return (
    <li className="flex flex-col py-1">
      {entry.deleted && (
        <div className="flex min-h-11 items-center justify-between gap-2 pl-2">
          <p role="status" className="min-w-0 truncate text-dense text-ink-2">
            "{entry.name}" is deleted
          </p>
          <Button size="small" autoFocus onClick={() => run(onRestore)}>
            Undo
          </Button>
        </div>
      )}
      {naming && !entry.deleted && (
        <NameForm
          name={entry.name}
          onDone={() => setNaming(false)}
          onRename={async (name) => {
            const words = await onRename(name);
            setError(words);
            if (words === null) setNaming(false);
          }}
        />
      )}
      {!naming && !entry.deleted && (
        <div className="flex items-center gap-1">
          <button
            type="button"
            data-snippet
            onClick={onInsert}
            className="touch-target min-w-0 flex-1 rounded-control px-2 py-1 text-left hover:bg-idle-bg"
          >
            <span className="block truncate font-medium text-dense">{entry.name}</span>
            <span className="block truncate text-ink-2 text-pill">{entry.text}</span>
          </button>
          <IconButton
            label={`Rename "${entry.name}"`}
            icon={<Pencil aria-hidden />}
            onClick={() => setNaming(true)}
          />
          <IconButton
            label={`Delete "${entry.name}"`}
            icon={<Trash2 aria-hidden />}
            onClick={() => run(onRemove)}
          />
        </div>
      )}
      {error && (
        <p role="alert" className="px-2 text-err text-pill">
          {error}
        </p>
      )}
    </li>
  );
}

type NameFormProps = { name: string; onRename: (name: string) => Promise<void>; onDone: () => void };

function NameForm({ name, onRename, onDone }: NameFormProps) {
  const [next, setNext] = useState(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (next.trim() === name) onDone();
    else if (next.trim() !== "") void onRename(next);
  };
  return (
    <form onSubmit={submit} className="flex items-center gap-2 py-1">
      <Input
        autoFocus
        aria-label={`New name of "${name}"`}
        value={next}
        maxLength={MAX_SNIPPET_NAME}
        onChange={(event) => setNext(event.target.value)}
        className="h-8 text-dense"
      />
      <Button size="small" type="submit">
        Rename
      </Button>
      <Button size="small" look="ghost" onClick={onDone}>
        Cancel
      </Button>
    </form>
  );
}
