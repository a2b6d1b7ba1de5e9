import { notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { authedRoute } from "@/lib/route";
import { listChanges } from "@/lib/sessions/queries/list-changes";

const CACHE = "private, no-cache";

export const GET = authedRoute<{ sessionId: string }>(async ({ request, params, user }) => {
  const sessionId = idSchema.safeParse(params.sessionId);
  if (!sessionId.success) throw notFound();
  const asked = Number(new URL(request.url).searchParams.get("since") ?? 0);
  const since = Number.isSafeInteger(asked) && asked >= 0 ? asked : 0;
  const changes = await listChanges({ sessionId: sessionId.data, userId: user.id, since });
  if (changes === undefined) throw notFound();
  const headers = { "cache-control": CACHE, etag: `"${changes?.cursor ?? since}"` };
  if (changes === null) return new Response(null, { status: 304, headers });
  return Response.json(changes, { headers });
});
