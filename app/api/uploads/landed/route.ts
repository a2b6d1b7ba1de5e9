import { notFound } from "@/lib/errors";
import { confirmLanded } from "@/lib/inputs/mutations/direct-upload";
import { publicRoute } from "@/lib/route";
import { readBlobCallback } from "@/lib/storage/blob-callback";

/** Vercel Blob tells that a browser's upload is whole. Signed with the store's token; may come twice, late or never. */
export const POST = publicRoute(async ({ request }) => {
  const key = await readBlobCallback(request);
  if (!key) throw notFound();
  await confirmLanded(key);
  return Response.json({ response: "ok" });
});
