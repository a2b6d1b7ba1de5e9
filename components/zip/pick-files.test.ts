import { expect, test } from "vitest";
import { CHAIN_COLUMNS, manifestCsv, manifestJson } from "@/lib/zip/manifest";
import type { DownloadList, ManifestEntry } from "@/lib/zip/types";
import { pickFiles } from "./pick-files";

function entry(n: number, file: string | null): ManifestEntry {
  return {
    n,
    variant: 1,
    sourceName: `=a, "${n}"\n.jpg`,
    sourcePath: "",
    sourceSha256: null,
    file,
    sha256: null,
    bytes: null,
    width: null,
    height: null,
    prompt: "beach",
    model: "studio",
    modelVersion: "1",
    settings: {},
    seed: null,
    startedAt: null,
    finishedAt: null,
    attempt: 1,
    status: file ? "completed" : "failed",
    error: file ? null : "No answer.",
    chain: null,
  };
}

test("a choice of files comes with manifests of these alone", () => {
  const entries = [entry(1, "a.png"), entry(2, "b.png"), entry(3, null)];
  const about = { session: "s", madeAt: "2026-11-21T15:00:00.000Z" };
  const list: DownloadList = {
    session: { name: "s" },
    files: ["a.png", "b.png"].map((name) => ({ itemId: name, name, url: "", bytes: 1, sha256: "" })),
    failed: [{ name: "c", words: "No answer." }],
    manifestCsv: manifestCsv(entries),
    manifestJson: manifestJson(entries, about),
  };
  const picked = pickFiles(list, new Set(["b.png"]));
  expect(picked.files.map(({ name }) => name)).toEqual(["b.png"]);
  expect(picked.manifestCsv).toBe(manifestCsv([entry(2, "b.png")]));
  expect(picked.manifestJson).toBe(manifestJson([entry(2, "b.png")], about));
});

test("a choice of last results keeps the record of the steps before them", () => {
  const place = (step: number) => ({ step, madeFrom: [], outOfDate: false, needsStep: null });
  const entries = [
    { ...entry(1, null), chain: place(1) },
    { ...entry(1, "a.png"), chain: place(2) },
    { ...entry(2, null), chain: place(1) },
    { ...entry(2, "b.png"), chain: place(2) },
  ];
  const about = { session: "s", madeAt: "2026-11-21T15:00:00.000Z", columns: CHAIN_COLUMNS };
  const list: DownloadList = {
    session: { name: "s" },
    files: ["a.png", "b.png"].map((name) => ({ itemId: name, name, url: "", bytes: 1, sha256: "" })),
    failed: [],
    manifestCsv: manifestCsv(entries, CHAIN_COLUMNS),
    manifestJson: manifestJson(entries, about),
  };
  const picked = pickFiles(list, new Set(["b.png"]));
  expect(picked.manifestCsv).toBe(manifestCsv(entries.slice(2), CHAIN_COLUMNS));
  expect(picked.manifestJson).toBe(manifestJson(entries.slice(2), about));
});
