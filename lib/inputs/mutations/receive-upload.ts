import "server-only";
import { createHash } from "node:crypto";
import { IMAGE_LIMITS } from "@/lib/images/constants";
import { storage } from "@/lib/storage";
import { newUploadKey } from "@/lib/storage/keys";
import { alreadyHere, claimUpload, cutOff, settleUpload, tooLarge } from "./claim-upload";
import { dispatchProbes } from "./dispatch-probes";

type Upload = {
  userId: string;
  inputId: string;
  body: ReadableStream<Uint8Array>;
  declaredBytes: number | null;
};

/**
 * Streams one file to storage and queues its probe. Throws AppError: not_found, conflict (already here), bad_input
 * (too large, cut off), storage_full.
 */
export async function receiveUpload({ userId, inputId, body, declaredBytes }: Upload): Promise<void> {
  if (declaredBytes !== null && declaredBytes > IMAGE_LIMITS.maxBytes) throw tooLarge();
  const key = newUploadKey(userId);
  const { sessionId, sourceBytes } = await claimUpload({ userId, inputId, key });
  const hash = createHash("sha256");
  try {
    const { size } = await storage().put(key, limited(body, hash));
    if (size !== (declaredBytes ?? size) || size !== sourceBytes) throw cutOff(size, sourceBytes);
  } catch (error) {
    await storage().delete([key]);
    throw error;
  }
  const kept = await settleUpload({ sessionId, inputId, key, sha256: hash.digest("hex") });
  if (!kept) {
    await storage().delete([key]);
    throw alreadyHere();
  }
  await dispatchProbes();
}

/** Passes bytes on, hashes them, and breaks off at the first byte over the limit. */
async function* limited(body: ReadableStream<Uint8Array>, hash: ReturnType<typeof createHash>) {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > IMAGE_LIMITS.maxBytes) throw tooLarge();
    hash.update(chunk);
    yield chunk;
  }
}
