import type { FrameImage } from "@/components/ui/frame";
import { thumbFor } from "@/lib/images/thumb-sizes";
import type { ThumbSize } from "@/lib/images/types";
import { type InputRow, isPromptRow } from "@/lib/inputs/wire";
import { bytesWords } from "@/lib/words";

/** "2400×3000 · 3.1 MB"; the size alone while the pixels are unknown; "no image" for a prompt alone. */
export function inputFacts(row: Pick<InputRow, "width" | "height" | "bytes" | "state" | "imageId">): string {
  if (isPromptRow(row)) return "no image";
  const bytes = bytesWords(row.bytes);
  return row.width > 0 ? `${row.width}×${row.height} · ${bytes}` : bytes;
}

/** The picture of a row at about `size` pixels, and at twice that for dense screens; null before it is probed. */
export function inputImage(row: InputRow, size: ThumbSize, alt: string): FrameImage | null {
  if (!row.imageId) return null;
  const { width, height, alpha, thumbhash } = row;
  const url = (wanted: ThumbSize) => `/api/files/${row.imageId}/${thumbFor(wanted, width, height)}`;
  const dense = size === 256 ? `${url(256)} 1x, ${url(480)} 2x` : undefined;
  return { src: url(size), srcSet: dense, width, height, alt, alpha, thumbhash };
}
