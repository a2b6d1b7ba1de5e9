import { z } from "zod";
import type { FakeBatch } from "./store";

export type BatchLine = { customId: string; body: Record<string, unknown> };

const lineSchema = z.strictObject({
  custom_id: z.string().min(1).max(512),
  method: z.literal("POST"),
  url: z.string(),
  body: z.record(z.string(), z.unknown()),
});

const MAX_LINES = 50_000;

/** The lines of an input file, each as it is asked or what is wrong with it. */
export function readLines(
  { endpoint }: Pick<FakeBatch, "endpoint">,
  bytes: Buffer,
): (BatchLine | FakeBatch["errors"][number])[] {
  const texts = bytes.toString("utf8").split("\n").filter(Boolean);
  if (texts.length === 0) return [{ code: "empty_file", message: "The input file is empty.", line: null }];
  if (texts.length > MAX_LINES) return [{ code: "too_many_tasks", message: "Too many lines.", line: null }];
  const seen = new Set<string>();
  return texts.map((text, at) => {
    const line = at + 1;
    const parsed = lineSchema.safeParse(jsonOf(text));
    if (!parsed.success) return { code: "invalid_json_line", message: "This line is no request.", line };
    const { custom_id, url, body } = parsed.data;
    if (url !== endpoint) return { code: "invalid_url", message: `The url must be ${endpoint}.`, line };
    if (seen.has(custom_id)) return { code: "duplicate_custom_id", message: "It is there twice.", line };
    seen.add(custom_id);
    return { customId: custom_id, body };
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
