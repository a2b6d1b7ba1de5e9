import { getBatches } from "@/lib/batches/queries/get-batches";
import { notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { authedRoute } from "@/lib/route";

export const GET = authedRoute<{ sessionId: string }>(async ({ params, user }) => {
  const sessionId = idSchema.safeParse(params.sessionId);
  if (!sessionId.success) throw notFound();
  const answer = await getBatches({ sessionId: sessionId.data, userId: user.id });
  if (!answer) throw notFound();
  return Response.json(answer);
});
