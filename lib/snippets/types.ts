/** A piece of a prompt under a name, as its owner sees it. */
export type SnippetView = { id: string; name: string; text: string };
