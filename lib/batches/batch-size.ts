import type { OutputSettings, ProviderSettings } from "@/lib/sessions/types";
import { MAX_INPUT_BYTES, MAX_LINES, MAX_RESULT_BYTES } from "./constants";

/** Where the provider chooses the size, or the model's largest may come out of `source`. */
const AUTO_PIXELS = 2_400_000;
const SOURCE_PIXELS = 1_100_000;
/** Bytes of picture for each pixel, as results come: a 1024 x 1024 PNG takes 1.6 MiB on average. */
const PNG_BYTES = 1.75;
const LOSSY_BYTES = { best: 1.1, usual: 0.4 };
/** From here on lossy formats keep nearly everything. */
const BEST_QUALITY = 95;
const BASE64 = 4 / 3;
/** Around the picture, of every line. */
const FRAME_BYTES = 2_000;
/** The longest a character of a prompt gets: \\u0000. */
const BYTES_PER_CHAR = 6;

type Asked = { provider: ProviderSettings; output: OutputSettings };

/** Bytes a line of results is expected to take. Pure. */
export function resultBytes({ provider, output }: Asked): number {
  return Math.ceil(pixelsOf(provider.size) * bytesPerPixel(output) * BASE64) + FRAME_BYTES;
}

/** How many such calls one batch takes, at least 1: bounded by lines, by what they come to and by their results. Pure. */
export function linesOf(asked: Asked & { promptChars: number }): number {
  const lineBytes = asked.promptChars * BYTES_PER_CHAR + FRAME_BYTES;
  const most = Math.min(
    MAX_LINES,
    Math.floor(MAX_RESULT_BYTES / resultBytes(asked)),
    Math.floor(MAX_INPUT_BYTES / lineBytes),
  );
  return Math.max(1, most);
}

function pixelsOf(size: ProviderSettings["size"]): number {
  if (size === "source") return SOURCE_PIXELS;
  const [, width, height] = /^(\d+)x(\d+)$/.exec(size) ?? [];
  return width && height ? Number(width) * Number(height) : AUTO_PIXELS;
}

/** What is resized or converted here is asked for as PNG. */
function bytesPerPixel({ format, quality, size }: OutputSettings): number {
  if (format === "png" || size.mode !== "keep") return PNG_BYTES;
  return quality >= BEST_QUALITY ? LOSSY_BYTES.best : LOSSY_BYTES.usual;
}
