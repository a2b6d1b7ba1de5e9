import { notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { getInputDetails } from "@/lib/inputs/queries/get-input-details";
import { authedRoute } from "@/lib/route";

export const GET = authedRoute<{ inputId: string }>(async ({ params, user }) => {
  const inputId = idSchema.safeParse(params.inputId);
  const details = inputId.success ? await getInputDetails({ inputId: inputId.data, userId: user.id }) : null;
  if (!details) throw notFound();
  return Response.json(details);
});
