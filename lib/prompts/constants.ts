/** Longest prompt that is kept, in UTF-16 code units; models may take less (their capabilities say so). */
export const MAX_PROMPT_CHARS = 32_000;
/** Earlier prompts offered again. */
export const MAX_HISTORY = 50;
