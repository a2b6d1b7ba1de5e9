import { notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { authedRoute } from "@/lib/route";
import { findSession } from "@/lib/sessions/queries/find-session";
import { listShares } from "@/lib/shares/queries/list-shares";

export const GET = authedRoute<{ sessionId: string }>(async ({ params, user }) => {
  const sessionId = idSchema.safeParse(params.sessionId);
  const session = sessionId.success
    ? await findSession({ sessionId: sessionId.data, userId: user.id })
    : null;
  if (!session) throw notFound();
  return Response.json(await listShares({ sessionId: session.id, userId: user.id }));
});
