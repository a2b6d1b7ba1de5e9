/** A piece of a prompt under a name, as people see it. */
export type SnippetView = { id: string; name: string; text: string };
