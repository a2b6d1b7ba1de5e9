import { IMAGE_LIMITS } from "./constants";
import type { HeaderResult, ImageHeader } from "./headers/header";
import type { ImageFormat, Refusal } from "./types";

/** Why this file is refused before a pixel is decoded, or its header. */
export function checkHeader(
  format: ImageFormat,
  result: HeaderResult,
): { ok: true; header: ImageHeader } | { ok: false; refusal: Refusal } {
  if (result.ok) {
    const refusal = refusalFor(result.header);
    return refusal ? { ok: false, refusal } : result;
  }
  if (result.why === "variant") return refuse({ code: "UNSUPPORTED_TYPE", facts: { found: result.name } });
  return refuse({ code: result.why === "cut" ? "TRUNCATED" : "DAMAGED", facts: { format } });
}

function refuse(refusal: Refusal): { ok: false; refusal: Refusal } {
  return { ok: false, refusal };
}

function refusalFor({ format, width, height, bits, channels, heldBytes }: ImageHeader): Refusal | null {
  const { maxPixels, maxSide, maxAspect, maxHeldBytes } = IMAGE_LIMITS;
  const longest = Math.max(width, height);
  const shortest = Math.min(width, height);
  if (shortest === 0) return { code: "DAMAGED", facts: { format } };
  if (width * height > maxPixels)
    return { code: "TOO_MANY_PIXELS", facts: { width, height, limit: maxPixels } };
  if (longest > maxSide) return { code: "TOO_LONG", facts: { width, height, limit: maxSide } };
  if (longest > maxAspect * shortest)
    return { code: "TOO_LONG", facts: { width, height, aspect: maxAspect } };
  if (format === "jpeg" && (bits !== 8 || ![1, 3, 4].includes(channels))) {
    return { code: "UNSUPPORTED_CHANNELS", facts: { format, bits, channels } };
  }
  if (heldBytes > maxHeldBytes) return { code: "TOO_LARGE_TO_DECODE", facts: { width, height } };
  return null;
}
