import { notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { authedRoute } from "@/lib/route";
import { listShares } from "@/lib/shares/queries/list-shares";

export const GET = authedRoute<{ sessionId: string }>(async ({ params, user }) => {
  const sessionId = idSchema.safeParse(params.sessionId);
  if (!sessionId.success) throw notFound();
  return Response.json(await listShares({ sessionId: sessionId.data, userId: user.id }));
});
