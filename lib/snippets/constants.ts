/** Snippets one person may keep. */
export const MAX_SNIPPETS = 200;
export const MAX_SNIPPET_NAME = 60;
