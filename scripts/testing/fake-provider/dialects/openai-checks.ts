import type { ServedModel } from "../models";
import type { SentBody } from "../read-body";
import { Refusal } from "../refusal";
import { numberField, parseSize, textField } from "./fields";

export type Size = { width: number; height: number };

const MAX_PROMPT = 32_000;
const MAX_N = 10;

const COMMON = [
  "model",
  "prompt",
  "n",
  "size",
  "quality",
  "background",
  "output_format",
  "output_compression",
  "moderation",
  "safety_identifier",
  "user",
  "stream",
  "partial_images",
] as const;
const OF_EDITS = ["images", "image", "mask", "markup", "input_fidelity"];

/** Refuses fields the model does not know. */
export function checkKnownFields(sent: SentBody, model: ServedModel, edits: boolean): void {
  const known = [...COMMON, ...(edits ? OF_EDITS : []), ...(model.complexity ? ["complexity"] : [])];
  const unknown = Object.keys(sent.fields).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Refusal(400, `Unknown parameter: '${unknown}'.`, { code: "unknown_parameter", param: unknown });
  }
  if ("input_fidelity" in sent.fields) {
    throw new Refusal(400, `The model '${model.id}' does not support the 'input_fidelity' parameter.`, {
      code: "invalid_input_fidelity_model",
      param: "input_fidelity",
    });
  }
  if (String(sent.fields.stream) === "true") {
    throw new Refusal(400, "Streaming is not served here.", { code: "unsupported_value", param: "stream" });
  }
}

export function checkedPrompt(sent: SentBody): string {
  const prompt = textField(sent, "prompt");
  if (!prompt) {
    throw new Refusal(400, "Missing required parameter: 'prompt'.", {
      code: "missing_required_parameter",
      param: "prompt",
    });
  }
  const length = [...prompt].length;
  if (length > MAX_PROMPT) {
    throw new Refusal(
      400,
      `Invalid 'prompt': string too long. Expected a string with maximum length ${MAX_PROMPT}, but got a string with length ${length} instead.`,
      { code: "string_above_max_length", param: "prompt" },
    );
  }
  return prompt;
}

export function checkedCount(sent: SentBody): number {
  const n = numberField(sent, "n") ?? 1;
  if (!Number.isInteger(n) || n < 1) throw outOfRange("n", `>= 1, but got ${n} instead`, "below_min_value");
  if (n > MAX_N) throw outOfRange("n", `<= ${MAX_N}, but got ${n} instead`, "above_max_value");
  return n;
}

export function checkedCompression(sent: SentBody, format: string): number {
  const compression = numberField(sent, "output_compression");
  if (compression === undefined) return 100;
  if (format === "png" && compression !== 100) {
    throw new Refusal(400, "Compression less than 100 is not supported for PNG output format", {
      type: "image_generation_user_error",
      code: "invalid_png_output_compression",
      param: "output_compression",
    });
  }
  if (compression < 0 || compression > 100) {
    throw outOfRange(
      "output_compression",
      `between 0 and 100, but got ${compression} instead`,
      "above_max_value",
    );
  }
  return compression;
}

/** One of `allowed`, or the first of them when the field is not there. */
export function oneOf(sent: SentBody, name: string, allowed: readonly string[]): string {
  const value = textField(sent, name) ?? allowed[0] ?? "";
  if (allowed.includes(value)) return value;
  const list = allowed.map((one) => `'${one}'`).join(", ");
  throw invalidValue(name, `Invalid value: '${value}'. Supported values are: ${list}.`);
}

/** The asked size, or null for `auto`. Rules: multiples of 16, edge to 3840, ratio to 3:1, 655,360 to 8,294,400 pixels. */
export function checkedSize(sent: SentBody): Size | null {
  const text = textField(sent, "size") ?? "auto";
  if (text === "auto") return null;
  const size = parseSize(text);
  if (!size) throw invalidValue("size", `Invalid size '${text}'. Expected 'auto' or WIDTHxHEIGHT.`);
  const problem = sizeProblem(size);
  if (problem)
    throw invalidValue("size", `Invalid size '${text}'. ${problem}`, "image_generation_user_error");
  return size;
}

function sizeProblem({ width, height }: Size): string | null {
  if (width % 16 !== 0 || height % 16 !== 0) return "Width and height must both be divisible by 16.";
  if (Math.max(width, height) > 3840) return "The longest edge must be less than or equal to 3840 pixels.";
  if (Math.max(width, height) > 3 * Math.min(width, height))
    return "The aspect ratio must be between 1:3 and 3:1.";
  if (width * height < 655_360) return "Requested resolution is below the current minimum pixel budget.";
  if (width * height > 8_294_400) return "Requested resolution exceeds the current maximum pixel budget.";
  return null;
}

export function invalidValue(param: string, message: string, type = "invalid_request_error"): Refusal {
  return new Refusal(400, message, { type, code: "invalid_value", param });
}

function outOfRange(param: string, words: string, code: string): Refusal {
  return new Refusal(400, `Invalid '${param}': expected a value ${words}.`, {
    code: `integer_${code}`,
    param,
  });
}
