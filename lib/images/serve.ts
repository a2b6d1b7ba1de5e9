import type { Image } from "@/db/schema";
import { notFound } from "@/lib/errors";
import { thumbKey } from "@/lib/storage/keys";
import { type ServeOptions, serveObject } from "@/lib/storage/serve";
import { thumbFor } from "./thumb-sizes";
import { THUMB_SIZES, type ThumbSize } from "./types";

const TYPES = { jpeg: "image/jpeg", png: "image/png", webp: "image/webp" } as const;

/** A thumbnail: pixels we encoded ourselves, without metadata. The caller has proven the right to the image. */
export function serveThumb(request: Request, image: Image, size: ThumbSize, cache: ServeOptions["cache"]) {
  const made = thumbFor(size, image.width, image.height);
  return serveObject(request, thumbKey(image.ownerId, image.sha256, made), {
    type: "image/webp",
    disposition: "inline",
    cache,
    etag: `${image.sha256.slice(0, 32)}-${made}`,
  });
}

/** The stored bytes themselves. */
export function serveBytes(
  request: Request,
  image: Image,
  { disposition, cache }: Pick<ServeOptions, "disposition" | "cache">,
) {
  return serveObject(request, image.storageKey, {
    type: TYPES[image.format],
    disposition,
    cache,
    etag: image.sha256,
  });
}

/** The thumbnail size a path names, or AppError not_found. */
export function thumbSizeOf(text: string | undefined): ThumbSize {
  const size = THUMB_SIZES.find((one) => String(one) === text);
  if (!size) throw notFound();
  return size;
}
