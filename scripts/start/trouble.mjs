/** Something the person at the terminal can put right: its message is all they need, no stack. */
export class Trouble extends Error {}

/** What to print for an error that ends the start. @param {unknown} error */
export function wordsFor(error) {
  if (error instanceof Error) return error.message;
  return String(error);
}
