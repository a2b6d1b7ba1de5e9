import { AppError, notFound } from "@/lib/errors";
import { idSchema } from "@/lib/ids";
import { receiveUpload } from "@/lib/inputs/mutations/receive-upload";
import { authedRoute } from "@/lib/route";

export const dynamic = "force-dynamic";

export const PUT = authedRoute<{ inputId: string }>(async ({ request, params, user }) => {
  const inputId = idSchema.safeParse(params.inputId);
  if (!inputId.success) throw notFound();
  const length = request.headers.get("content-length");
  const body = request.body ?? emptyBody();
  if (length !== null && !/^\d+$/.test(length))
    throw new AppError("bad_input", "The size of this file is unclear.");
  await receiveUpload({
    userId: user.id,
    inputId: inputId.data,
    body,
    declaredBytes: length === null ? null : Number(length),
  });
  return Response.json({ state: "probing" });
});

/** An empty file has no body; it is kept and refused by its probe like any other. */
function emptyBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.close() });
}
