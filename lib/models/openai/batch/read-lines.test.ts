import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readLines } from "./read-lines";

const picture = Buffer.from(Array.from({ length: 3_000 }, (_, at) => (at * 37) % 256));
const made = (customId: string, bytes = picture) =>
  JSON.stringify({
    id: "batch_req_1",
    custom_id: customId,
    response: {
      status_code: 200,
      request_id: "req_1",
      body: {
        created: 1,
        data: [{ b64_json: bytes.toString("base64") }],
        usage: { input_tokens: 1, output_tokens: 2 },
      },
    },
    error: null,
  });
const refused = JSON.stringify({
  custom_id: "b",
  response: {
    status_code: 400,
    request_id: null,
    body: { error: { code: "moderation_blocked", message: "no\nway" } },
  },
  error: null,
});
const unmade = JSON.stringify({
  custom_id: "c",
  response: null,
  error: { code: "batch_expired", message: "late" },
});

async function* chunks(text: string, size: number) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string, size: number, mostBytes?: number) {
  const workDir = await mkdtemp(join(tmpdir(), "lines-"));
  const seen = [];
  for await (const line of readLines(chunks(text, size), { workDir, mostBytes })) {
    const bytes = line.kind === "answered" && line.picture ? await readFile(line.picture.path) : null;
    seen.push({ ...line, picture: bytes?.equals(picture) ?? null });
  }
  expect(await readdir(workDir)).toEqual([]);
  return seen;
}

const FILE = [made("a"), "", refused, "<html>garbage</html>", '{"custom_id":"cut', unmade, made("d")].join(
  "\n",
);
const WHOLE = [
  { kind: "answered", customId: "a", status: 200, requestId: "req_1", picture: true },
  { kind: "answered", customId: "b", status: 400, requestId: null, picture: null },
  { kind: "garbage" },
  { kind: "garbage" },
  { kind: "unmade", customId: "c" },
  { kind: "answered", customId: "d", status: 200, picture: true },
];

test.each([1, 2, 3, 5, 7, 64, 999, 4_096, 1_000_000])(
  "a file that comes in pieces of %i bytes is the same lines",
  async (size) => {
    expect(await read(FILE, size)).toMatchObject(WHOLE);
    expect(await read(`${FILE}\n\n`, size)).toMatchObject(WHOLE);
  },
);

test("a file cut off anywhere gives the lines before the cut whole, and no picture that is not", async () => {
  const text = `${made("a")}\n${made("d")}\n`;
  const ends = [text.indexOf("\n") + 1, text.length];
  for (let cut = 0; cut <= text.length; cut += 97) {
    const seen = await read(text.slice(0, cut), 500);
    const whole = ends.filter((end) => cut >= end - 1).length;
    expect(seen.filter(({ kind }) => kind === "answered")).toMatchObject(
      ["a", "d"].slice(0, whole).map((customId) => ({ customId, picture: true })),
    );
  }
});

test("a line beyond the limit is garbage, and the next one is read", async () => {
  const large = made("large", Buffer.alloc(30_000));
  expect(await read([large, made("a")].join("\n"), 1_000, 20_000)).toMatchObject([
    { kind: "garbage", why: "A line is too long." },
    { kind: "answered", customId: "a", picture: true },
  ]);
});
