import "server-only";
import { eq } from "drizzle-orm";
import { db } from "@/db";
import { inputs } from "@/db/schema";
import { IMAGE_LIMITS } from "@/lib/images/constants";
import { storage } from "@/lib/storage";
import { directInputOf, newDirectKey } from "@/lib/storage/keys";
import type { UploadTarget } from "@/lib/storage/types";
import { claimUpload, cutOff, findWaiting, settleUpload, tooLarge, type Waiting } from "./claim-upload";
import { dispatchProbes } from "./dispatch-probes";

type One = { userId: string; inputId: string };

/**
 * How a browser sends one file to the storage itself. `here`: an earlier try did, and only its word was lost. A null
 * target: files come through the app. Throws AppError: not_found, conflict (already here), bad_input (too large).
 */
export async function openUpload({ userId, inputId }: One): Promise<{
  here: boolean;
  target: UploadTarget | null;
}> {
  const waiting = await findWaiting({ userId, inputId });
  if (waiting.sourceBytes > IMAGE_LIMITS.maxBytes) throw tooLarge();
  if ((await arrive(inputId, waiting)) === "whole") return { here: true, target: null };
  const key = newDirectKey({ ownerId: userId, inputId });
  const target = await storage().uploadTarget(key, { bytes: waiting.sourceBytes });
  if (target) await claimUpload({ userId, inputId, key });
  return { here: false, target };
}

/**
 * The browser says that its file is in the storage; that is looked up, never believed. Throws AppError: not_found,
 * conflict (already here), bad_input (not all of it arrived).
 */
export async function confirmUpload({ userId, inputId }: One): Promise<void> {
  const waiting = await findWaiting({ userId, inputId });
  const found = await arrive(inputId, waiting);
  if (found !== "whole") throw cutOff(found, waiting.sourceBytes);
}

/** The storage itself says so. What it names may be long settled, replaced or deleted: then nothing happens. */
export async function confirmLanded(key: string): Promise<boolean> {
  const inputId = directInputOf(key);
  if (!inputId) return false;
  const [row] = await db()
    .select({
      state: inputs.state,
      uploadKey: inputs.uploadKey,
      sessionId: inputs.sessionId,
      sourceBytes: inputs.sourceBytes,
    })
    .from(inputs)
    .where(eq(inputs.id, inputId));
  if (row?.state !== "uploading" || row.uploadKey !== key) return false;
  return (await arrive(inputId, row)) === "whole";
}

/** Settles a file that lies in the storage in its full size; else answers how many bytes lie there. */
async function arrive(inputId: string, waiting: Waiting): Promise<"whole" | number> {
  const { uploadKey: key, sessionId, sourceBytes } = waiting;
  if (!key || !directInputOf(key)) return 0;
  const size = (await storage().head(key))?.size;
  if (size !== sourceBytes) return size ?? 0;
  // Nothing read these bytes yet: their hash is the probe's to tell.
  if (await settleUpload({ sessionId, inputId, key, sha256: null })) await dispatchProbes();
  return "whole";
}
