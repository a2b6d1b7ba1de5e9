import { z } from "zod";
import { notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { exportRecipe } from "@/lib/recipes/queries";
import { authedRoute } from "@/lib/route";
import { dispositionHeader } from "@/lib/storage/serve";

const askedSchema = z.object({ recipeId: idSchema, version: z.coerce.number().int().min(1).optional() });

/** GET ?version=: a version of a recipe as a file, the newest without. */
export const GET = authedRoute<{ recipeId: string }>(async ({ params, request, user }) => {
  const version = new URL(request.url).searchParams.get("version") ?? undefined;
  const asked = askedSchema.safeParse({ recipeId: params.recipeId, version });
  const file = asked.success && (await exportRecipe({ ...asked.data, userId: user.id }));
  if (!file) throw notFound();
  const { fileName, text } = file;
  return new Response(text, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": dispositionHeader({ fileName }),
    },
  });
});
