import { notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { authedRoute } from "@/lib/route";
import { getChain } from "@/lib/steps/queries/get-chain";

export const GET = authedRoute<{ sessionId: string }>(async ({ params, user }) => {
  const sessionId = idSchema.safeParse(params.sessionId);
  if (!sessionId.success) throw notFound();
  const chain = await getChain({ sessionId: sessionId.data, userId: user.id });
  if (!chain) throw notFound();
  return Response.json(chain);
});
