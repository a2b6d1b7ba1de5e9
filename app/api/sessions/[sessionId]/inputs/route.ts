import { AppError, notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { registerInputs } from "@/lib/inputs/mutations/register-inputs";
import { registerSchema } from "@/lib/inputs/schemas";
import { authedRoute } from "@/lib/route";

export const POST = authedRoute<{ sessionId: string }>(async ({ request, params, user }) => {
  const sessionId = idSchema.safeParse(params.sessionId);
  if (!sessionId.success) throw notFound();
  const body = registerSchema.safeParse(await request.json().catch(() => null));
  if (!body.success)
    throw new AppError("bad_input", "This list of files could not be read. Nothing was added.");
  const inputs = await registerInputs({ userId: user.id, sessionId: sessionId.data, ...body.data });
  return Response.json({ inputs });
});
