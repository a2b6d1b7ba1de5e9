import { notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { confirmUpload } from "@/lib/inputs/mutations/direct-upload";
import { authedRoute } from "@/lib/route";

/** The browser has sent all of it to the storage. */
export const POST = authedRoute<{ inputId: string }>(async ({ params, user }) => {
  const inputId = idSchema.safeParse(params.inputId);
  if (!inputId.success) throw notFound();
  await confirmUpload({ userId: user.id, inputId: inputId.data });
  return Response.json({ state: "probing" });
});
