"use client";

import { useEffect, useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import type { Result } from "@/lib/result";
import { deleteSnippetAction, renameSnippetAction, saveSnippetAction } from "@/lib/snippets/actions";
import type { SnippetView } from "@/lib/snippets/types";

export type SnippetEntry = SnippetView & { deleted: boolean };

const naturally = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** The snippets of the workspace while their panel is open. Changes answer words when they were refused, else null. */
export function useSnippets() {
  /** Null while they are on their way. */
  const [entries, setEntries] = useState<readonly SnippetEntry[] | null>(null);
  const [isAway, setAway] = useState(false);
  useEffect(() => {
    const abort = new AbortController();
    fetchSnippets(abort.signal).then(
      (list) => setEntries(list.map(present).sort(byName)),
      () => setAway(!abort.signal.aborted),
    );
    return () => abort.abort();
  }, []);

  function put(next: SnippetEntry, oldId = next.id) {
    const others = (list: readonly SnippetEntry[]) => list.filter(({ id }) => id !== oldId && id !== next.id);
    setEntries((now) => [...others(now ?? []), next].sort(byName));
  }

  return {
    entries,
    isAway,
    save: async (name: string, text: string, { replace = false } = {}) =>
      wordsOf(await answered(saveSnippetAction({ name, text, replace })), (saved) => put(present(saved))),
    rename: async (snippetId: string, name: string) =>
      wordsOf(await answered(renameSnippetAction({ snippetId, name })), (renamed) => put(present(renamed))),
    /** It stays in its place with a way back. */
    remove: async (snippetId: string) =>
      wordsOf(await answered(deleteSnippetAction({ snippetId })), (gone) => put({ ...gone, deleted: true })),
    restore: async ({ id, name, text }: SnippetEntry) =>
      wordsOf(await answered(saveSnippetAction({ name, text })), (saved) => put(present(saved), id)),
  };
}

async function fetchSnippets(signal: AbortSignal): Promise<SnippetView[]> {
  const answer = await fetch("/api/snippets", { signal });
  if (!answer.ok) throw new Error(`Snippets were not answered: ${answer.status}`);
  return (await answer.json()).snippets;
}

function byName(a: SnippetView, b: SnippetView): number {
  return naturally.compare(a.name, b.name);
}

function present(snippet: SnippetView): SnippetEntry {
  return { ...snippet, deleted: false };
}

function wordsOf<T>(answer: Result<T>, then: (value: T) => void): string | null {
  if (!answer.ok) return answer.words;
  then(answer.value);
  return null;
}
