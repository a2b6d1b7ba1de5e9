import { notFound } from "@/lib/errors";
import { getSharedDownload } from "@/lib/shares/queries/get-shared-download";
import { shareRoute } from "@/lib/shares/route";

export const GET = shareRoute(async ({ params, share }) => {
  const list = await getSharedDownload(share, params.token);
  if (!list) throw notFound();
  return Response.json(list);
});
