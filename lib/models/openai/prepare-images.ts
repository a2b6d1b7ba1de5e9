import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { preparedSize } from "@/lib/images/prepared-size";
import type { MaskInk, PrepareRequest } from "@/lib/images/process/prepare-fit";
import { pixelPool } from "@/lib/images/process/shared-pool";
import { type MakeRequest, ModelError, type SourceImage } from "../types";
import { MAX_INPUT_EDGE, MAX_MASK_BYTES } from "./constants";
import type { DialectRules, SentImage } from "./dialects/types";

/** The pictures of a call as they are sent: source, then references, upright, without metadata, no larger than is read. */
export async function prepareImages(
  { maskInk }: DialectRules,
  { source, references, mask, workDir }: MakeRequest,
  signal: AbortSignal,
): Promise<{ images: SentImage[]; mask: SentImage | null }> {
  const pictures = [...(source ? [source] : []), ...references];
  const images = await Promise.all(
    pictures.map((picture, at) => {
      // A mask and its picture must be of one format.
      const format = picture.format === "jpeg" && !(mask && at === 0) ? "jpeg" : "png";
      return prepare({ path: picture.path, to: join(workDir, `send-${at}`), format }, signal);
    }),
  );
  const sentMask = mask && source ? await prepareMask({ mask, source, maskInk, workDir }, signal) : null;
  return { images, mask: sentMask };
}

type MaskJob = { mask: SourceImage; source: SourceImage; maskInk: MaskInk; workDir: string };

function prepareMask({ mask, source, maskInk, workDir }: MaskJob, signal: AbortSignal): Promise<SentImage> {
  const size = preparedSize(source, MAX_INPUT_EDGE);
  return prepare(
    {
      path: mask.path,
      to: join(workDir, "send-mask"),
      format: "png",
      mask: { ...size, ink: maskInk, maxBytes: MAX_MASK_BYTES },
    },
    signal,
  );
}

async function prepare(request: Omit<PrepareRequest, "maxEdge">, signal: AbortSignal): Promise<SentImage> {
  try {
    await pixelPool().prepare({ ...request, maxEdge: MAX_INPUT_EDGE }, { signal });
  } catch (error) {
    signal.throwIfAborted();
    if (isUnreadable(error)) {
      throw new ModelError(
        "bad_request",
        "A picture of this item cannot be read. Add the file again, then retry.",
        {
          details: error.message,
        },
      );
    }
    throw error;
  }
  return { bytes: new Uint8Array(await readFile(request.to)), format: request.format };
}

/** The decoder's own complaint: it has no code, where the system's errors have one. */
function isUnreadable(error: unknown): error is Error {
  return error instanceof Error && error.constructor === Error && !("code" in error);
}
