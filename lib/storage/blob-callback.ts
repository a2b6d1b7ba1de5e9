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
  const body = parsed(await readText(request));
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

/** Anyone may call; no more than a callback has is read. */
async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) return "";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parsed(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
