import "server-only";
import type { Image } from "@/db/schema";
import type { DetailImage } from "../details";

export function detailImage({
  id,
  width,
  height,
  format,
  bytes,
  alpha,
  sha256,
  thumbhash,
}: Image): DetailImage {
  return { id, width, height, format, bytes, alpha, sha256, thumbhash };
}
