import { AppError, notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { authedRoute } from "@/lib/route";
import { getRunPlan } from "@/lib/steps/queries/get-run-plan";
import { chainRunSchema } from "@/lib/steps/schemas";

export const GET = authedRoute<{ sessionId: string }>(async ({ request, params, user }) => {
  const sessionId = idSchema.safeParse(params.sessionId);
  if (!sessionId.success) throw notFound();
  const asked = new URL(request.url).searchParams;
  const stepId = asked.get("stepId");
  const run = chainRunSchema.safeParse({ kind: asked.get("run"), ...(stepId === null ? {} : { stepId }) });
  if (!run.success) throw new AppError("bad_input", "Say what would run: all, or a step and its id.");
  const plan = await getRunPlan({ sessionId: sessionId.data, userId: user.id, run: run.data });
  if (plan === undefined) throw notFound();
  if (plan === null) throw new AppError("not_found", "This step is switched off or was removed.");
  return Response.json(plan);
});
