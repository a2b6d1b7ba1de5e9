import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { ResultLine } from "../../provider-batches";
import { PictureSink } from "../answer/picture-sink";
import { pictureTaker } from "../answer/read-answer";
import { JsonScanner } from "../answer/scan-json";
import { MAX_ANSWER_BYTES } from "../constants";

const NEWLINE = 0x0a;
const MOST_BESIDE = 1_000_000;

const lineSchema = z.object({
  custom_id: z.string().max(512),
  response: z
    .object({ status_code: z.number(), request_id: z.string().nullish().catch(null), body: z.unknown() })
    .nullish(),
  error: z.unknown(),
});

/**
 * Reads a file of results as it arrives: a line may hold a picture of many megabytes, which goes straight to disk.
 * What is no line is answered as garbage, and the next one is read. Throws what the stream throws.
 */
export async function* readLines(
  body: AsyncIterable<Uint8Array>,
  { workDir, mostBytes = MAX_ANSWER_BYTES }: { workDir: string; mostBytes?: number },
): AsyncGenerator<ResultLine> {
  const path = join(workDir, "line");
  let line: OpenLine | null = null;
  try {
    for await (const chunk of body) {
      for (const { part, ends } of piecesOf(chunk)) {
        if (part.length > 0) {
          line ??= await OpenLine.at(path, mostBytes);
          await line.push(part);
        }
        if (!ends || !line) continue;
        const whole: OpenLine = line;
        line = null;
        const read = await whole.end();
        if (read) yield read;
      }
    }
    const last = await line?.end();
    line = null;
    if (last) yield last;
  } finally {
    await line?.drop();
    await rm(path, { force: true });
  }
}

function* piecesOf(chunk: Uint8Array): Generator<{ part: Uint8Array; ends: boolean }> {
  let from = 0;
  for (;;) {
    const at = chunk.indexOf(NEWLINE, from);
    if (at === -1) break;
    yield { part: chunk.subarray(from, at), ends: true };
    from = at + 1;
  }
  yield { part: chunk.subarray(from), ends: false };
}

/** A line that has begun. */
class OpenLine {
  #size = 0;
  #wrong: string | null = null;
  readonly #sink: PictureSink;
  readonly #scanner: JsonScanner;

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    private readonly mostBytes: number,
  ) {
    this.#sink = new PictureSink(file);
    this.#scanner = new JsonScanner(pictureTaker(this.#sink), MOST_BESIDE);
  }

  static async at(path: string, mostBytes: number): Promise<OpenLine> {
    return new OpenLine(path, await open(path, "w"), mostBytes);
  }

  async push(part: Uint8Array): Promise<void> {
    this.#size += part.length;
    if (this.#size > this.mostBytes) this.#wrong ??= "A line is too long.";
    if (this.#wrong) return;
    try {
      await this.#scanner.push(part);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#wrong = error.message;
    }
  }

  /** Null for an empty line. */
  async end(): Promise<ResultLine | null> {
    await this.file.close();
    if (this.#wrong) return { kind: "garbage", why: this.#wrong };
    const text = this.#scanner.kept;
    if (text.trim() === "" && !this.#scanner.isCut) return null;
    const parsed = lineSchema.safeParse(this.#scanner.isCut ? undefined : parse(text));
    if (!parsed.success) return { kind: "garbage", why: `A line is no result: ${text.slice(0, 100)}` };
    const { custom_id: customId, response } = parsed.data;
    if (!response) return { kind: "unmade", customId };
    const { bytes, damage } = this.#sink;
    return {
      kind: "answered",
      customId,
      status: response.status_code,
      requestId: response.request_id ?? null,
      body: response.body,
      picture: bytes > 0 || damage ? { path: this.path, damage } : null,
    };
  }

  async drop(): Promise<void> {
    await this.file.close().catch(() => undefined);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
