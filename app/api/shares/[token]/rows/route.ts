import { z } from "zod";
import { listSharedResults } from "@/lib/shares/queries/list-shared-results";
import { shareRoute } from "@/lib/shares/route";

const afterSchema = z.coerce.number().int().min(0).catch(0);

export const GET = shareRoute(async ({ request, share }) => {
  const after = afterSchema.parse(new URL(request.url).searchParams.get("after"));
  return Response.json(await listSharedResults(share, { after }));
});
