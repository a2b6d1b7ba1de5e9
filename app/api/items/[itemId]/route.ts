import { notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { getItemDetails } from "@/lib/items/queries/get-item-details";
import { authedRoute } from "@/lib/route";

export const GET = authedRoute<{ itemId: string }>(async ({ params, user }) => {
  const itemId = idSchema.safeParse(params.itemId);
  const details = itemId.success ? await getItemDetails({ itemId: itemId.data, userId: user.id }) : null;
  if (!details) throw notFound();
  return Response.json(details);
});
