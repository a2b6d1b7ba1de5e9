import { z } from "zod";
import { notFound } from "@/lib/errors";
import { thumbFor } from "@/lib/images/thumb-sizes";
import { thumbKey } from "@/lib/storage/keys";
import { serveObject } from "@/lib/storage/serve";
import { findSharedImage } from "./queries/find-shared-image";
import type { OpenShare } from "./queries/resolve-share";

const keySchema = z.tuple([
  z.uuid(),
  z.union([
    z
      .enum(["256", "480", "1280"])
      .transform(Number)
      .pipe(z.literal([256, 480, 1280])),
    z.literal("full"),
  ]),
]);

/**
 * A picture of an open link: `[imageId, size]`. Thumbnails are our own WebP; the whole result goes out where the link
 * allows downloads, a source never as it was uploaded. Throws AppError not_found.
 */
export async function serveSharedFile({
  request,
  share,
  key,
}: {
  request: Request;
  share: OpenShare;
  key: string[];
}): Promise<Response> {
  const parsed = keySchema.safeParse(key);
  if (!parsed.success) throw notFound();
  const [imageId, size] = parsed.data;
  const found = await findSharedImage(share, imageId);
  if (!found) throw notFound();
  const { image, role } = found;
  const serve = { disposition: "inline", cache: "private, no-store" } as const;
  if (size === "full") {
    if (role !== "result" || !share.options.download) throw notFound();
    return serveObject(request, image.storageKey, {
      ...serve,
      type: `image/${image.format}`,
      etag: image.sha256,
    });
  }
  const made = thumbFor(size, image.width, image.height);
  const stored = thumbKey(share.ownerId, image.sha256, made);
  return serveObject(request, stored, { ...serve, type: "image/webp", etag: `${image.sha256}-${made}` });
}
