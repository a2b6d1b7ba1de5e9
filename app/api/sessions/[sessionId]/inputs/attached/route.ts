import { notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { listAttachedRows } from "@/lib/inputs/queries/list-input-rows";
import type { AttachedAnswer } from "@/lib/inputs/wire";
import { authedRoute } from "@/lib/route";
import { findSession } from "@/lib/sessions/queries/find-session";

export const GET = authedRoute<{ sessionId: string }>(async ({ request, params, user }) => {
  const sessionId = idSchema.safeParse(params.sessionId);
  const session = sessionId.success
    ? await findSession({ sessionId: sessionId.data, userId: user.id })
    : null;
  if (!session) throw notFound();
  // The revision is read first: rows may be newer, never older than it says.
  const { revision } = session;
  if (new URL(request.url).searchParams.get("since") === String(revision)) {
    return new Response(null, { status: 304 });
  }
  const answer: AttachedAnswer = { revision, attached: await listAttachedRows(session.id) };
  return Response.json(answer);
});
