import { open } from "node:fs/promises";
import { z } from "zod";
import type { AttemptUsage } from "@/lib/items/types";
import { MAX_ANSWER_BYTES } from "../constants";
import { PictureSink } from "./picture-sink";
import { JsonScanner } from "./scan-json";

const MOST_BESIDE = 1_000_000;

const text = z.string().max(200).nullish().catch(undefined);
const tokens = z.number().min(0).nullish().catch(undefined);
const details = z.object({ text_tokens: tokens, image_tokens: tokens }).nullish().catch(undefined);

const answerSchema = z.object({
  data: z.array(z.object({ b64_json: z.string().nullish(), url: z.string().max(8_192).nullish() })).min(1),
  model: text,
  size: text,
  quality: text,
  background: text,
  output_format: text,
  usage: z
    .object({
      input_tokens: tokens,
      output_tokens: tokens,
      total_tokens: tokens,
      input_tokens_details: details,
      output_tokens_details: details,
    })
    .nullish()
    .catch(undefined),
});
type Parsed = z.infer<typeof answerSchema>;

export type Answer = {
  /** A picture was written to the file; else `url` says where it is. */
  picture: boolean;
  url: string | null;
  /** What the provider says it used. */
  used: { model?: string; size?: string; quality?: string; background?: string; format?: string };
  usage: AttemptUsage | null;
};

/** A body with a status of success that holds no picture. `body` is what it was instead, shortened. */
export class UnusableAnswer extends Error {
  override readonly name = "UnusableAnswer";
  constructor(
    message: string,
    readonly body = "",
  ) {
    super(message);
  }
}

/**
 * Reads an answer as it arrives and writes its first picture to `path`. Takes no more memory than a chunk, whatever the
 * picture's size. Throws UnusableAnswer, and what the stream throws when the connection breaks.
 */
export async function readAnswer(body: AsyncIterable<Uint8Array>, path: string): Promise<Answer> {
  const file = await open(path, "w");
  try {
    const sink = new PictureSink(file);
    const taker = pictureTaker(sink);
    const scanner = new JsonScanner(taker, MOST_BESIDE);
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > MAX_ANSWER_BYTES) throw new UnusableAnswer("The answer is larger than 200 MB.");
      await scan(scanner, chunk);
    }
    const parsed = parseAnswer(scanner);
    if (sink.damage) throw new UnusableAnswer(sink.damage);
    return answerOf(parsed, sink.bytes > 0);
  } finally {
    await file.close();
  }
}

/** An answer that came as a part of something larger, with its picture taken out. Throws UnusableAnswer. */
export function answerIn(
  body: unknown,
  { picture, damage }: { picture: boolean; damage: string | null },
): Answer {
  const parsed = answerSchema.safeParse(body);
  if (!parsed.success) {
    throw new UnusableAnswer("The answer holds no image.", JSON.stringify(body ?? null).slice(0, 2_000));
  }
  if (damage) throw new UnusableAnswer(damage);
  return answerOf(parsed.data, picture);
}

/** Takes the first picture of an answer. Further ones, which nobody asked for, are read over. */
export function pictureTaker(sink: PictureSink) {
  let taken = 0;
  return {
    wants: (key: string, start: string) => key === "b64_json" || (key === "url" && start === "data:"),
    write: async (part: string) => {
      if (taken === 0) await sink.write(part);
    },
    end: async () => {
      if (taken === 0) await sink.end();
      if (sink.bytes > 0 || sink.damage) taken += 1;
    },
  };
}

async function scan(scanner: JsonScanner, chunk: Uint8Array) {
  try {
    await scanner.push(chunk);
  } catch (error) {
    if (error instanceof RangeError) throw new UnusableAnswer(error.message, scanner.kept.slice(0, 2_000));
    throw error;
  }
}

function parseAnswer(scanner: JsonScanner): Parsed {
  const body = scanner.kept;
  const shown = body.slice(0, 2_000);
  if (scanner.isCut) throw new UnusableAnswer("The answer stops in the middle.", shown);
  if (body.trim() === "") throw new UnusableAnswer("The answer is empty.");
  const json = parseJson(body);
  if (json === undefined) throw new UnusableAnswer("The answer is no JSON.", shown);
  const parsed = answerSchema.safeParse(json);
  if (!parsed.success) throw new UnusableAnswer("The answer holds no image.", shown);
  return parsed.data;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function answerOf(
  { data, usage, model, size, quality, background, output_format }: Parsed,
  picture: boolean,
): Answer {
  const url = data.find((one) => one.url)?.url ?? null;
  if (!picture && !url) throw new UnusableAnswer("The answer holds no image.");
  return {
    picture,
    url,
    used: present({ model, size, quality, background, format: output_format }),
    usage: usage ? usageOf(usage) : null,
  };
}

function usageOf(usage: NonNullable<Parsed["usage"]>): AttemptUsage | null {
  const counted = present({
    input_tokens: usage.input_tokens,
    input_text_tokens: usage.input_tokens_details?.text_tokens,
    input_image_tokens: usage.input_tokens_details?.image_tokens,
    output_tokens: usage.output_tokens,
    total_tokens: usage.total_tokens,
  });
  // Some servers send the fields and count nothing.
  return Object.values(counted).some((value) => value > 0) ? counted : null;
}

function present<K extends string, V>(fields: Record<K, V | null | undefined>): { [P in K]?: V } {
  const out: { [P in K]?: V } = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== null && value !== undefined) out[key] = value;
  }
  return out;
}
