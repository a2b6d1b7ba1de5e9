import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { guardCell, unguardCell } from "./formula-guard";
import { manifestCsv, manifestJson } from "./manifest";
import type { ManifestEntry } from "./types";

const done: ManifestEntry = {
  n: 1,
  variant: 1,
  sourceName: "=cmd|' /C calc'!A0.jpg",
  sourcePath: "shoes/left",
  sourceSha256: "ab".repeat(32),
  file: "shoes/left/_cmd.png",
  sha256: "cd".repeat(32),
  bytes: 1_234,
  width: 800,
  height: 600,
  prompt: 'Put it on a beach, "golden hour"\nkeep the label',
  model: "studio",
  modelVersion: "1",
  settings: { output: { format: "png" } },
  seed: null,
  startedAt: "2026-11-21T14:02:00.000Z",
  finishedAt: "2026-11-21T14:02:24.000Z",
  attempt: 2,
  status: "completed",
  error: null,
  chain: null,
};
const failed: ManifestEntry = {
  ...done,
  n: 2,
  file: null,
  sha256: null,
  bytes: null,
  status: "failed",
  error: "No answer after 4 tries.",
};

function parse(csv: string): Record<string, string>[] {
  return Papa.parse<Record<string, string>>(csv.replace(/^\ufeff/, ""), {
    header: true,
    skipEmptyLines: true,
  }).data;
}

describe("manifest.csv", () => {
  test("opens as UTF-8 in Excel and ends every line as RFC 4180 says", () => {
    const csv = manifestCsv([done]);
    expect(csv.startsWith("\ufeffn,variant,source,")).toBe(true);
    expect(csv.endsWith("\r\n")).toBe(true);
  });

  test("lists failed items with their reason beside the results", () => {
    const rows = parse(manifestCsv([done, failed]));
    expect(rows.map((row) => row.status)).toEqual(["completed", "failed"]);
    expect(rows[1]).toMatchObject({ file: "", sha256: "", error: "No answer after 4 tries." });
    expect(rows[0]).toMatchObject({ bytes: "1234", attempt: "2", prompt: done.prompt });
    expect(JSON.parse(rows[0]?.settings ?? "")).toEqual(done.settings);
  });

  test("has no cell that a spreadsheet runs", () => {
    expect(parse(manifestCsv([done]))[0]?.source).toBe(`'${done.sourceName}`);
  });
});

test("manifest.json holds the same with the settings as an object", () => {
  const json = manifestJson([done, failed], { session: "Autumn", madeAt: "2026-11-21T15:00:00.000Z" });
  const { items, session } = JSON.parse(json);
  expect(session).toBe("Autumn");
  expect(items[0]).toMatchObject({ source: done.sourceName, settings: done.settings, file: done.file });
  expect(items[1]).toMatchObject({ status: "failed", file: null });
});

describe("formula guard", () => {
  test.each([
    "=1",
    "+1",
    "-1",
    "@a",
    "\t=1",
    "\r",
    "\n=",
    "\u0000",
    " =1",
    "'=1",
    '"=1',
    "＝1",
    "＋1",
    "－1",
    "＠1",
  ])("%j is guarded", (text) => {
    expect(guardCell(text)).toBe(`'${text}`);
  });

  test.each(["", "a=1", "SKU-1", "'quoted'", "1-2"])("%j is left as it is", (text) => {
    expect(guardCell(text)).toBe(text);
  });

  test("any text comes back through a CSV file", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .array(fc.constantFrom("=", "'", '"', " ", "\t", "\r", "\n", ",", "a", "-"), { maxLength: 8 })
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (value) => {
        const row = parse(manifestCsv([{ ...done, prompt: value }]))[0];
        expect(unguardCell(row?.prompt ?? "")).toBe(value);
      }),
    );
  });
});
