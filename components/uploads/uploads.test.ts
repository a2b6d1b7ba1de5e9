import { describe, expect, test } from "vitest";
import { checkFile, wordFor } from "./check-file";
import { matchWaiting } from "./match-waiting";
import { byPath, filesOfList, folderBelowTop, type Picked } from "./picked-files";
import { randomId } from "./random-id";
import { UploadQueue } from "./upload-queue";
import { UploadSpeed } from "./upload-speed";

function picked(name: string, { size = 3, modified = 1, path = "" } = {}): Picked {
  return { file: new File(["x".repeat(size)], name, { lastModified: modified }), path };
}

function row(id: string, name: string, state: "uploading" | "ready", over: object = {}) {
  return { id, name, state, path: "", bytes: 3, modified: 1, ...over };
}

const names = (list: readonly Picked[]) => list.map(({ file }) => file.name);

describe("files chosen again", () => {
  const nobody = new Set<string>();

  test("go to the rows that wait for them, and files already here are named", () => {
    const rows = [row("a", "1.jpg", "ready"), row("b", "2.jpg", "uploading"), row("c", "3.jpg", "uploading")];
    const found = matchWaiting({
      picked: [picked("1.jpg"), picked("2.jpg"), picked("3.jpg"), picked("4.jpg")],
      rows,
      sending: nobody,
    });
    expect(found.resume.map(({ inputId, picked: { file } }) => [inputId, file.name])).toEqual([
      ["b", "2.jpg"],
      ["c", "3.jpg"],
    ]);
    expect(names(found.here)).toEqual(["1.jpg"]);
    expect(names(found.fresh)).toEqual(["4.jpg"]);
  });

  test.each([
    ["size", picked("2.jpg", { size: 4 })],
    ["date", picked("2.jpg", { modified: 9 })],
    ["folder", picked("2.jpg", { path: "back" })],
  ])("another %s is another file", (_, file) => {
    const found = matchWaiting({ picked: [file], rows: [row("b", "2.jpg", "uploading")], sending: nobody });
    expect(found.resume).toEqual([]);
    expect(found.fresh).toHaveLength(1);
  });

  test("two equal files need two rows", () => {
    const found = matchWaiting({
      picked: [picked("2.jpg"), picked("2.jpg")],
      rows: [row("b", "2.jpg", "uploading")],
      sending: nobody,
    });
    expect(found.resume).toHaveLength(1);
    expect(found.fresh).toHaveLength(1);
  });

  test("are copies and get rows of their own when nothing waits", () => {
    const found = matchWaiting({
      picked: [picked("1.jpg")],
      rows: [row("a", "1.jpg", "ready")],
      sending: nobody,
    });
    expect(names(found.fresh)).toEqual(["1.jpg"]);
  });

  test("do not take over rows that are being sent", () => {
    const rows = [row("b", "2.jpg", "uploading"), row("c", "9.jpg", "uploading")];
    const found = matchWaiting({ picked: [picked("2.jpg")], rows, sending: new Set(["b"]) });
    expect(found.resume).toEqual([]);
    expect(names(found.here)).toEqual(["2.jpg"]);
  });
});

describe("the upload queue", () => {
  function queueOf(...ids: string[]) {
    const queue = new UploadQueue(() => 0.5);
    for (const id of ids) queue.add(id, 100);
    return queue;
  }

  test("hands out the oldest first, as many as there are free lines", () => {
    const queue = queueOf("a", "b", "c");
    expect(queue.due(0, 2)).toEqual(["a", "b"]);
    queue.begin("a");
    expect(queue.due(0, 2)).toEqual(["b", "c"]);
    expect(queue.due(0, 0)).toEqual([]);
  });

  test("retries three times after 1, 2 and 4 s, then leaves it to the person", () => {
    const queue = queueOf("a");
    for (const wait of [1_000, 2_000, 4_000]) {
      queue.begin("a");
      queue.missed("a", "The connection dropped.", 0);
      expect(queue.due(wait - 1, 1)).toEqual([]);
      expect(queue.due(wait, 1)).toEqual(["a"]);
      expect(queue.nextDue()).toBe(wait);
    }
    queue.missed("a", "The connection dropped.", 0);
    expect(queue.get("a")).toMatchObject({ state: "failed", words: "The connection dropped." });
    queue.retry();
    expect(queue.due(0, 1)).toEqual(["a"]);
  });

  test("a pause costs no retry and holds everything back", () => {
    const queue = queueOf("a", "b");
    queue.begin("a");
    queue.setPaused(true);
    queue.putBack("a");
    expect(queue.due(0, 5)).toEqual([]);
    expect(queue.nextDue()).toBeNull();
    queue.setPaused(false);
    expect(queue.due(0, 5)).toEqual(["a", "b"]);
    expect(queue.get("a")?.misses).toBe(0);
  });

  test("counts files and bytes", () => {
    const queue = queueOf("a", "b", "c");
    queue.begin("a");
    queue.progress("a", 40);
    queue.sent("b");
    queue.failed("c", "Too large.");
    expect(queue.summary()).toEqual({
      total: 3,
      sent: 1,
      failed: 1,
      open: 1,
      bytes: 300,
      sentBytes: 140,
      paused: false,
    });
  });

  test("forgets what is done only when nothing is open", () => {
    const queue = queueOf("a", "b");
    queue.sent("a");
    queue.forgetDone();
    expect(queue.summary().total).toBe(2);
    queue.sent("b");
    queue.forgetDone();
    expect(queue.summary().total).toBe(0);
  });
});

test("time left follows the last seconds and is unknown while nothing moves", () => {
  const speed = new UploadSpeed();
  expect(speed.leftMs(0, 1_000, 0)).toBeNull();
  expect(speed.leftMs(100, 1_000, 2_000)).toBe(18_000);
  expect(speed.leftMs(50, 1_000, 3_000)).toBeNull();
});

describe("a look at the first bytes", () => {
  test.each([
    ["\xff\xd8\xff\xe0", null],
    ["\x89PNG\r\n\x1a\n....", null],
    ["RIFF\x10\0\0\0WEBPVP8 ", null],
    ["\0\0\0\x18ftypheic\0\0\0\0", "HEIC"],
    ["%PDF-1.7", "PDF"],
    ["GIF89a....", "GIF"],
    ["<svg xmlns=", "SVG"],
    ["<?xml version='1.0'?>\n<svg>", "SVG"],
    ["<!DOCTYPE html>", "HTML"],
    ["hello there", "text"],
    ["\0\x01\x02\x03", "unknown"],
  ])("%j is told apart", async (bytes, word) => {
    const file = new Blob([Uint8Array.from(bytes, (char) => char.charCodeAt(0))]);
    const refusal = await checkFile(file);
    expect(refusal).toEqual(word === null ? null : { code: "UNSUPPORTED_TYPE", facts: { found: word } });
    if (word) expect(wordFor(bytes)).toBe(word);
  });

  test("an empty file is told apart", async () => {
    expect(await checkFile(new Blob([]))).toEqual({ code: "EMPTY_FILE", facts: {} });
  });
});

test("a folder is taken in natural order, without what systems leave in it", () => {
  const list = ["10.jpg", "2.jpg", ".DS_Store", "Thumbs.db"].map((name) =>
    Object.defineProperty(new File(["x"], name), "webkitRelativePath", { value: `Autumn/${name}` }),
  );
  expect(names(filesOfList(list))).toEqual(["2.jpg", "10.jpg"]);
  expect(folderBelowTop("Autumn/front/left/1.jpg")).toBe("front/left");
  expect([picked("1.jpg", { path: "b" }), picked("9.jpg", { path: "a" })].sort(byPath)[0]?.path).toBe("a");
});

test("ids are version 4 UUIDs", () => {
  expect(randomId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
