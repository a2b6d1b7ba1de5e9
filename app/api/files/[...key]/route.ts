import { notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { getImage } from "@/lib/images/queries";
import { serveBytes, serveThumb, thumbSizeOf } from "@/lib/images/serve";
import { authedRoute } from "@/lib/route";
import { EXTENSIONS } from "@/lib/zip/names";
import { safeSegment } from "@/lib/zip/safe-segment";

const CACHE = "private, max-age=31536000, immutable";
/** A member who is removed sees nothing at once: the browser asks before it shows what it kept. */
const CACHE_OF_MEMBERS = "private, no-cache";

/** /api/files/:imageId/256|480|1280 are thumbnails, /full the stored bytes in the page, /download to save. */
export const GET = authedRoute<{ key: string[] }>(
  async ({ request, params, user }) => {
    const [id, kind, ...rest] = params.key;
    const imageId = idSchema.safeParse(id);
    const image =
      imageId.success && rest.length === 0
        ? await getImage({ imageId: imageId.data, userId: user.id })
        : null;
    if (!image) throw notFound();
    const cache = user.role === "owner" ? CACHE : CACHE_OF_MEMBERS;
    if (kind === "full") return serveBytes(request, image, { disposition: "inline", cache });
    if (kind !== "download") return serveThumb(request, image, thumbSizeOf(kind), cache);
    const asked = new URL(request.url).searchParams.get("name") ?? "image";
    const fileName = safeSegment(asked.replace(/\.[a-z0-9]{1,5}$/i, ""), `.${EXTENSIONS[image.format]}`);
    return serveBytes(request, image, { disposition: { fileName }, cache });
  },
  ({ key }) => ({ imageId: key[0] }),
);
