export type Selected = { start: number; end: number };

/** A prompt with words put in at the caret, in the place of what was selected. Words on either side stay apart. */
export function insertSnippet(
  prompt: string,
  { start, end }: Selected,
  snippet: string,
): { prompt: string; caret: number } {
  const before = prompt.slice(0, start);
  const after = prompt.slice(end);
  const left = /\S$/.test(before) ? " " : "";
  const right = /^[\p{L}\p{N}]/u.test(after) ? " " : "";
  const put = `${left}${snippet}${right}`;
  return { prompt: `${before}${put}${after}`, caret: before.length + put.length - right.length };
}

/** Snippets whose name has the searched words in it, then those that have them in their text. */
export function findSnippets<Snippet extends { name: string; text: string }>(
  snippets: readonly Snippet[],
  search: string,
): Snippet[] {
  const needle = search.trim().toLocaleLowerCase();
  const has = (text: string) => text.toLocaleLowerCase().includes(needle);
  const byName = snippets.filter(({ name }) => has(name));
  return [...byName, ...snippets.filter(({ name, text }) => !has(name) && has(text))];
}
