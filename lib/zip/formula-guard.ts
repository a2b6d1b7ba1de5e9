// A spreadsheet runs a cell that starts with one of these, also behind quotes or spaces (OWASP ASVS 1.2.10).
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL, TAB, CR and LF are among them
const FORMULA = /^['"\s\u0000]*[=+\-@\t\r\n\u0000＝＋－＠]/;

/** Text of a CSV cell that no spreadsheet takes for a formula. `unguardCell` gives the text back. */
export function guardCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text that `guardCell` was given. */
export function unguardCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}
