import { notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { openUpload } from "@/lib/inputs/mutations/direct-upload";
import { authedRoute } from "@/lib/route";

/** Where the browser sends the bytes of this input itself. */
export const POST = authedRoute<{ inputId: string }>(async ({ params, user }) => {
  const inputId = idSchema.safeParse(params.inputId);
  if (!inputId.success) throw notFound();
  return Response.json(await openUpload({ userId: user.id, inputId: inputId.data }));
});
