import { AppError, notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { addPromptRows } from "@/lib/inputs/mutations/add-prompt-rows";
import { promptRowsSchema } from "@/lib/inputs/schemas";
import { authedRoute } from "@/lib/route";

/** A full request of the longest prompts in letters of three bytes, and no more. */
const MAX_BYTES = 50_000_000;

export const POST = authedRoute<{ sessionId: string }>(async ({ request, params, user }) => {
  const sessionId = idSchema.safeParse(params.sessionId);
  if (!sessionId.success) throw notFound();
  if (!(Number(request.headers.get("content-length")) <= MAX_BYTES)) throw unreadable();
  const body = promptRowsSchema.safeParse(await request.json().catch(() => null));
  if (!body.success) throw unreadable();
  const { added } = await addPromptRows({ userId: user.id, sessionId: sessionId.data, ...body.data });
  return Response.json({ added });
});

function unreadable() {
  return new AppError("bad_input", "This list of prompts could not be read. Nothing was added.");
}
