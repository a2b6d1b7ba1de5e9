"use client";

import type { FrameImage } from "@/components/ui/frame";
import { madePreview, useLocalPreview } from "@/components/uploads/local-preview";
import type { ThumbSize } from "@/lib/images/types";
import type { InputRow } from "@/lib/inputs/wire";
import { inputImage } from "./input-facts";

/** The picture of a row as soon as there is one: of the file this tab has, until the server's own is here. */
export function useInputImage(
  row: InputRow | null,
  file: File | null,
  size: ThumbSize,
  alt = "",
): FrameImage | null {
  const image = row && inputImage(row, size, alt);
  const local = useLocalPreview(image || row?.state === "refused" ? null : file);
  if (image) return { ...image, placeholder: file ? madePreview(file) : null };
  return local ? { src: local, width: 0, height: 0, alt } : null;
}
