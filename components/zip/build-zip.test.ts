import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { fromBuffer } from "yauzl";
import type { DownloadList } from "@/lib/zip/types";
import { buildZip, type ZipProgress } from "./build-zip";
import { fetchFiles } from "./fetch-files";
import { splitIntoParts } from "./parts";

const body = (n: number) => Buffer.from(`pixels of ${n} `.repeat(n + 1));

function listOf(count: number): DownloadList {
  return {
    session: { name: "Autumn" },
    files: Array.from({ length: count }, (_, n) => ({
      itemId: `item-${n}`,
      name: n % 2 ? `Jacken/größe_${n}.png` : `a_${n}.png`,
      url: `/files/${n}`,
      bytes: body(n).length,
      sha256: createHash("sha256").update(body(n)).digest("hex"),
    })),
    failed: [{ name: "b.jpg", words: "No answer after 4 tries." }],
    manifestCsv: "\ufeffn\r\n1\r\n",
    manifestJson: "{}\n",
  };
}

/** Serves the bodies; numbers in `broken` answer with other bytes, in `gone` with 404. */
function server({ gone = [], broken = [] }: { gone?: number[]; broken?: number[] } = {}) {
  let open = 0;
  const seen = { most: 0, asked: 0 };
  const ask: typeof fetch = async (url) => {
    const n = Number(String(url).split("/").at(-1));
    open += 1;
    seen.asked += 1;
    seen.most = Math.max(seen.most, open);
    await new Promise((resolve) => setTimeout(resolve, 1));
    open -= 1;
    if (gone.includes(n)) return new Response(null, { status: 404 });
    return new Response(broken.includes(n) ? "half" : body(n));
  };
  return { ask, seen };
}

async function unzip(archive: Blob): Promise<Map<string, { text: string; method: number }>> {
  const buffer = Buffer.from(await archive.arrayBuffer());
  return new Promise((resolve, reject) => {
    const entries = new Map<string, { text: string; method: number }>();
    fromBuffer(buffer, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on("entry", (entry) => {
        zip.openReadStream(entry, async (failed, stream) => {
          if (failed) return reject(failed);
          const chunks = [];
          for await (const chunk of stream) chunks.push(chunk);
          const text = Buffer.concat(chunks).toString();
          entries.set(entry.fileName, { text, method: entry.compressionMethod });
          zip.readEntry();
        });
      });
      zip.on("end", () => resolve(entries));
      zip.on("error", reject);
      zip.readEntry();
    });
  });
}

async function build(list: DownloadList, options: Partial<Parameters<typeof buildZip>[1]> = {}) {
  const saved: { archive: Blob; name: string }[] = [];
  const progress: ZipProgress[] = [];
  const outcome = await buildZip(list, {
    stem: "Autumn",
    signal: new AbortController().signal,
    onProgress: (step) => progress.push(step),
    save: (archive, name) => void saved.push({ archive, name }),
    ...options,
  });
  return { saved, progress, outcome };
}

describe("the archive", () => {
  test("holds every result byte for byte, uncompressed, with both manifests", async () => {
    const { ask, seen } = server();
    const { saved, outcome, progress } = await build(listOf(12), { ask });
    expect(saved.map(({ name }) => name)).toEqual(["Autumn.zip"]);
    const entries = await unzip(saved[0]?.archive ?? new Blob());
    expect([...entries.keys()].sort()).toEqual(
      [...listOf(12).files.map(({ name }) => name), "manifest.csv", "manifest.json"].sort(),
    );
    expect(entries.get("Jacken/größe_11.png")).toEqual({ text: body(11).toString(), method: 0 });
    expect(entries.get("manifest.csv")?.text).toBe(listOf(1).manifestCsv);
    expect(outcome).toMatchObject({ saved: 12, total: 12, missing: [] });
    expect(seen.most).toBeLessThanOrEqual(4);
    expect(progress.at(-1)).toMatchObject({ filesDone: 12, part: 1, parts: 1 });
  });

  test("names lost files and still closes", async () => {
    const { ask } = server({ gone: [1] });
    const { saved, outcome } = await build(listOf(3), { ask });
    const entries = await unzip(saved[0]?.archive ?? new Blob());
    expect(entries.get("_missing.txt")?.text).toContain("1 of 3 results are not in this archive");
    expect(entries.get("_missing.txt")?.text).toContain("Jacken/größe_1.png: the server answered 404");
    expect(entries.has("a_2.png")).toBe(true);
    expect(outcome).toMatchObject({ saved: 2, total: 3 });
  });

  test("comes in parts when it is large", async () => {
    const { ask } = server();
    const { saved } = await build(listOf(5), { ask, limits: { maxFiles: 2 } });
    expect(saved.map(({ name }) => name)).toEqual([
      "Autumn part 1 of 3.zip",
      "Autumn part 2 of 3.zip",
      "Autumn part 3 of 3.zip",
    ]);
    const last = await unzip(saved[2]?.archive ?? new Blob());
    expect([...last.keys()]).toEqual(["a_4.png", "manifest.csv", "manifest.json"]);
  });

  test("stops when told to", async () => {
    const { ask, seen } = server();
    const abort = new AbortController();
    const building = build(listOf(40), {
      ask,
      signal: abort.signal,
      onProgress: ({ filesDone }) => filesDone === 4 && abort.abort(),
    });
    await expect(building).rejects.toThrow("aborted");
    expect(seen.asked).toBeLessThan(12);
  });
});

test("bytes that differ from the list are asked for again, then named", async () => {
  const { ask, seen } = server({ broken: [0] });
  const { found, missing } = await fetchFiles(listOf(2).files, {
    signal: new AbortController().signal,
    onFile: () => {},
    ask,
    pause: async () => {},
  });
  expect(found.map(({ file }) => file.name)).toEqual(["Jacken/größe_1.png"]);
  expect(missing[0]?.why).toBe("its bytes are not those the server listed");
  expect(seen.asked).toBe(4);
});

test("parts are cut by bytes before they grow too large, and a larger file has its own", () => {
  const [first, second, third] = listOf(3).files;
  if (!first || !second || !third) throw new Error("three files");
  const files = [
    { ...first, bytes: 60 },
    { ...second, bytes: 200 },
    { ...third, bytes: 40 },
  ];
  expect(splitIntoParts(files, { maxBytes: 100 }).map((part) => part.length)).toEqual([1, 1, 1]);
  expect(splitIntoParts([])).toEqual([[]]);
});
