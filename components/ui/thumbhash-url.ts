import { thumbHashToDataURL } from "thumbhash";

const made = new Map<string, string>();
const KEPT = 2000;

/** A blurred stand-in (PNG data URL) from a base64 ThumbHash; null if there is none or it is broken. */
export function thumbhashUrl(base64: string | null | undefined): string | null {
  if (!base64) return null;
  const known = made.get(base64);
  if (known) return known;
  try {
    const url = thumbHashToDataURL(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
    if (made.size >= KEPT) made.clear();
    made.set(base64, url);
    return url;
  } catch {
    return null;
  }
}
