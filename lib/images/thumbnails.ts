import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { THUMB_WEBP } from "./constants";
import { sharp } from "./decoder";
import type { Pixels } from "./pixels";
import { thumbSizesFor } from "./thumb-sizes";
import type { ProbedImage } from "./types";
import type { RawPicture } from "./upright";

/** Writes the WebP thumbnails of a picture of width x height below `workDir`: sRGB, no metadata. */
export async function writeThumbs(
  picture: RawPicture,
  { width, height, workDir }: { width: number; height: number; workDir: string },
): Promise<ProbedImage["thumbs"]> {
  return Promise.all(
    thumbSizesFor(width, height).map(async (size) => {
      const path = join(workDir, `thumb-${size}.webp`);
      const bytes = await shrink(picture, size).webp(THUMB_WEBP).toBuffer();
      // Not toFile: a full disk must surface with its own error code, never look like a damaged picture.
      await writeFile(path, bytes);
      return { size, path };
    }),
  );
}

/** At most 100 pixels on the longer side, RGBA: what the fingerprints are computed from. */
export async function miniature(picture: RawPicture): Promise<Pixels> {
  const { data, info } = await shrink(picture, 100).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

function shrink({ data, width, height, channels }: RawPicture, size: number) {
  const image = sharp(data, { raw: { width, height, channels } });
  if (Math.max(width, height) <= size) return image;
  return image.resize(size, size, { fit: "inside" });
}
