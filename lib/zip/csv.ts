import Papa from "papaparse";
import { guardCell } from "./formula-guard";

// Excel reads UTF-8 only behind a byte order mark; every CSV reader of note skips it.
const BOM = "\ufeff";

/** RFC 4180, UTF-8 with BOM, CRLF. No cell acts as a formula in a spreadsheet; objects are JSON. */
export function writeCsv(fields: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const data = rows.map((row) => row.map(cell));
  return `${BOM}${Papa.unparse({ fields: [...fields], data }, { newline: "\r\n" })}\r\n`;
}

function cell(value: unknown): unknown {
  if (typeof value === "string") return guardCell(value);
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}
