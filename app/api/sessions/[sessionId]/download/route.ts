import { z } from "zod";
import { notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { authedRoute } from "@/lib/route";
import { findSession } from "@/lib/sessions/queries/find-session";
import { MAX_STEPS } from "@/lib/steps/constants";
import { getDownloadList } from "@/lib/zip/queries";

/** Which steps of a chain; anything else is the last one. */
const stepsSchema = z
  .union([z.enum(["last", "all"]), z.coerce.number().int().min(1).max(MAX_STEPS)])
  .catch("last");

export const GET = authedRoute<{ sessionId: string }>(async ({ request, params, user }) => {
  const sessionId = idSchema.safeParse(params.sessionId);
  const session = sessionId.success
    ? await findSession({ sessionId: sessionId.data, userId: user.id })
    : null;
  if (!session) throw notFound();
  const steps = stepsSchema.parse(new URL(request.url).searchParams.get("steps"));
  return Response.json(await getDownloadList(session, steps));
});
