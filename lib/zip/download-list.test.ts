import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { downloadListOf, type ResultRow } from "./download-list";
import type { DownloadSteps } from "./types";

/** Step `step` of image `n`, made from the step before it. */
function cell(n: number, step: number, over: Partial<ResultRow> = {}): ResultRow {
  const id = `${n}.${step}`;
  return {
    item_id: id,
    n,
    variant: 1,
    step,
    status: "completed",
    stale: false,
    needs_step: null,
    source_name: n === 1 ? "chair.jpg" : "CHAIR.png",
    source_path: "shop",
    source_sha256: `source ${n}`,
    image_id: `image ${id}`,
    sha256: `sha ${id}`,
    bytes: "10",
    width: 8,
    height: 8,
    format: "png",
    attempt_id: `attempt ${id}`,
    prompt: `prompt ${step}`,
    model: "studio",
    model_version: "1",
    settings: {},
    seed: null,
    attempt: 1,
    started_at: "2026-11-21T14:02:00.000Z",
    finished_at: "2026-11-21T14:02:24.000Z",
    error: null,
    wiring: [step - 1],
    fed:
      step === 1
        ? null
        : [{ attempt: `attempt ${n}.${step - 1}`, step: step - 1, sha256: `sha ${n}.${step - 1}` }],
    ...over,
  };
}

const NOT_MADE = { image_id: null, sha256: null, bytes: null, format: null } as const;
const NEVER_TRIED = { ...NOT_MADE, attempt_id: null, attempt: null, prompt: null, fed: null } as const;

const rows = [
  cell(1, 1),
  cell(1, 2),
  cell(1, 3),
  cell(2, 1),
  cell(2, 2, { ...NOT_MADE, status: "failed", error: "No answer." }),
  cell(2, 3, { ...NEVER_TRIED, status: "unmet", needs_step: 2 }),
];

const steps = [1, 2, 3].map((step) => ({
  step,
  prompt: `prompt ${step}`,
  settings: {},
  source: step - 1,
  references: [],
  enabled: true,
}));

function listOf(include: DownloadSteps, over: readonly ResultRow[] = rows) {
  const list = downloadListOf(over, {
    name: "Autumn",
    pattern: "{source}",
    urlOf: (id) => id,
    chain: { last: 3, steps },
    include,
  });
  const { data } = Papa.parse<Record<string, string>>(list.manifestCsv.slice(1), {
    header: true,
    skipEmptyLines: true,
  });
  return { ...list, csv: data, names: list.files.map(({ name }) => name) };
}

describe("files of a chain", () => {
  test("are the last results, named after their sources alone", () => {
    expect(listOf("last").names).toEqual(["shop/chair.png"]);
  });

  test("of all steps lie in a folder each, with the step in the name", () => {
    expect(listOf("all").names).toEqual([
      "step 1/shop/chair_step1.png",
      "step 2/shop/chair_step2.png",
      "step 3/shop/chair_step3.png",
      "step 1/shop/CHAIR_step1 (2).png",
    ]);
  });

  test("of one step before the last tell that step, and of the last do not", () => {
    expect(listOf(1).names).toEqual(["shop/chair_step1.png", "shop/CHAIR_step1 (2).png"]);
    expect(listOf(3).names).toEqual(["shop/chair.png"]);
  });
});

describe("the record of a chain", () => {
  test("tells of every step of every image, whichever files come with it", () => {
    const { csv } = listOf("last");
    expect(csv.map(({ n, step, status, file }) => [n, step, status, file])).toEqual([
      ["1", "1", "completed", ""],
      ["1", "2", "completed", ""],
      ["1", "3", "completed", "shop/chair.png"],
      ["2", "1", "completed", ""],
      ["2", "2", "failed", ""],
      ["2", "3", "unmet", ""],
    ]);
    expect(csv[4]).toMatchObject({ error: "No answer.", made_from: "step 1", made_from_sha256: "sha 2.1" });
    expect(csv[5]).toMatchObject({ needs_step: "2", made_from: "", prompt: "" });
  });

  test("names what each result was made from, with its file where that is there too", () => {
    const { csv } = listOf("all");
    expect(csv[0]).toMatchObject({
      made_from: "original",
      made_from_file: "",
      made_from_sha256: "source 1",
      prompt: "prompt 1",
    });
    expect(csv[2]).toMatchObject({
      made_from: "step 2",
      made_from_file: "step 2/shop/chair_step2.png",
      made_from_sha256: "sha 1.2",
      prompt: "prompt 3",
    });
  });

  test("says when a result is out of date, and of what it was made then", () => {
    const earlier = { attempt: "an earlier attempt", step: 2, sha256: "sha of it" };
    const removed = { attempt: "of a step no more", step: null, sha256: "sha of that" };
    const { csv, manifestJson } = listOf("all", [
      cell(1, 3, { stale: true, wiring: [2, 1], fed: [earlier, removed] }),
    ]);
    expect(csv[0]).toMatchObject({ out_of_date: "true", made_from: "step 2", made_from_file: "" });
    expect(csv[0]?.made_from_sha256).toBe("sha of it");
    expect(JSON.parse(manifestJson).items[0].references).toEqual([
      { from: "a removed step", file: null, sha256: "sha of that" },
    ]);
  });

  test("holds the chain itself in manifest.json", () => {
    expect(JSON.parse(listOf("last").manifestJson).chain).toEqual({ steps });
  });

  test("counts as failed only what was wanted", () => {
    expect(listOf("last").failed).toEqual([{ name: "CHAIR.png", words: "No result: unmet." }]);
    expect(listOf("all").failed.map(({ words }) => words)).toEqual(["No answer.", "No result: unmet."]);
  });
});

test("a session of one step has names and manifests without a word of steps", () => {
  const list = downloadListOf([cell(1, 1)], {
    name: "Autumn",
    pattern: "{source}",
    urlOf: (id) => id,
    chain: null,
    include: "all",
  });
  expect(list.files[0]?.name).toBe("shop/chair.png");
  expect(list.manifestCsv.split("\r\n")[0]).not.toContain("step");
  expect(Object.keys(JSON.parse(list.manifestJson))).toEqual(["version", "session", "made_at", "items"]);
});
