import { handleUpload } from "@vercel/blob/client";
import { z } from "zod";
import { env } from "@/lib/env";
import { storageDriver } from "./schemas";

const MAX_BYTES = 10_000;

/** Only the shape that is read here; the package checks the signature over the rest. */
const completedSchema = z.looseObject({
  type: z.literal("blob.upload-completed"),
  payload: z.looseObject({ blob: z.looseObject({ pathname: z.string() }) }),
});

/** The key of an upload that Vercel Blob says is whole; null when the request is not signed with our token. */
export async function readBlobCallback(request: Request): Promise<string | null> {
  const { BLOB_READ_WRITE_TOKEN: token } = env();
  if (storageDriver(env()) !== "vercel-blob" || !token) return null;
  if (Number(request.headers.get("content-length") ?? MAX_BYTES + 1) > MAX_BYTES) return null;
  const body = await request.json().catch(() => null);
  const completed = completedSchema.safeParse(body);
  if (!completed.success) return null;
  let key: string | null = null;
  await handleUpload({
    token,
    request,
    body,
    onBeforeGenerateToken: () => Promise.reject(new Error("tokens are made elsewhere")),
    onUploadCompleted: async ({ blob }) => {
      key = blob.pathname;
    },
  }).catch(() => undefined);
  return key;
}
