/** Snippets of one workspace. */
export const MAX_SNIPPETS = 200;
export const MAX_SNIPPET_NAME = 60;
