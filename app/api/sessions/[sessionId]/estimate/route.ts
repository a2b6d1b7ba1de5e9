import { AppError, notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { authedRoute } from "@/lib/route";
import { getEstimate } from "@/lib/sessions/queries/get-estimate";

export const GET = authedRoute<{ sessionId: string }>(async ({ params, user }) => {
  const sessionId = idSchema.safeParse(params.sessionId);
  if (!sessionId.success) throw notFound();
  const estimate = await getEstimate({ sessionId: sessionId.data, userId: user.id });
  if (estimate === undefined) throw notFound();
  if (estimate === null) throw modelGone();
  return Response.json(estimate);
});

function modelGone(): AppError {
  return new AppError(
    "not_found",
    "The chosen model is not here any more. Your images and your text are kept; choose another model.",
  );
}
