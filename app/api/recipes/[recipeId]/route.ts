import { notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { getRecipe } from "@/lib/recipes/queries";
import { authedRoute } from "@/lib/route";

/** A recipe with its versions. */
export const GET = authedRoute<{ recipeId: string }>(async ({ params, user }) => {
  const recipeId = idSchema.safeParse(params.recipeId);
  const recipe = recipeId.success && (await getRecipe({ userId: user.id, recipeId: recipeId.data }));
  if (!recipe) throw notFound();
  return Response.json(recipe);
});
