import { authedRoute } from "@/lib/route";
import { readListQuery } from "@/lib/sessions/list-query";
import { listSessions } from "@/lib/sessions/queries/list-sessions";

/** GET ?q=&show=&before=: a page of the sessions list. */
export const GET = authedRoute(async ({ request, user }) => {
  const query = readListQuery(Object.fromEntries(new URL(request.url).searchParams));
  return Response.json(await listSessions({ userId: user.id, ...query }));
});
