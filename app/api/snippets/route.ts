import { authedRoute } from "@/lib/route";
import { listSnippets } from "@/lib/snippets/queries";

/** The person's snippets by name, wherever they work. */
export const GET = authedRoute(async ({ user }) =>
  Response.json({ snippets: await listSnippets({ personId: user.personId }) }),
);
