import { notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { authedRoute } from "@/lib/route";
import { findSession } from "@/lib/sessions/queries/find-session";
import { listRows } from "@/lib/sessions/queries/list-rows";

const PAGE = 1_000;

export const GET = authedRoute<{ sessionId: string }>(async ({ request, params, user }) => {
  const sessionId = idSchema.safeParse(params.sessionId);
  const session = sessionId.success
    ? await findSession({ sessionId: sessionId.data, userId: user.id })
    : null;
  if (!session) throw notFound();
  const asked = Number(new URL(request.url).searchParams.get("after") ?? 0);
  const after = Number.isSafeInteger(asked) && asked >= 0 ? asked : 0;
  const rows = await listRows({ sessionId: session.id, after, limit: PAGE, cursor: session.revision });
  return Response.json(rows, { headers: { "cache-control": "private, no-cache" } });
});
