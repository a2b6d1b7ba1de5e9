import { listRecipes } from "@/lib/recipes/queries";
import type { RecipesAnswer } from "@/lib/recipes/types";
import { authedRoute } from "@/lib/route";

/** GET ?q=: the workspace's recipes, at most 500, the one saved last first. */
export const GET = authedRoute(async ({ request, user }) => {
  const search = new URL(request.url).searchParams.get("q")?.slice(0, 120) ?? "";
  const answer: RecipesAnswer = { recipes: await listRecipes({ userId: user.id, search }) };
  return Response.json(answer);
});
