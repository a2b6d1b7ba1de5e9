import { authedRoute } from "@/lib/route";
import { listSnippets } from "@/lib/snippets/queries";

/** The snippets of the workspace by name. */
export const GET = authedRoute(async ({ user }) =>
  Response.json({ snippets: await listSnippets({ userId: user.id }) }),
);
