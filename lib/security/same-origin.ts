import { env } from "@/lib/env";

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request may change things: sent by this site's own pages, or by a program that is no browser (no
 * Origin and no Sec-Fetch-Site, so it cannot carry somebody's cookie unasked). Reads always pass.
 */
export function isSameOrigin(request: Request, publicUrl = env().NEXTAUTH_URL): boolean {
  if (READS.has(request.method)) return true;
  const site = request.headers.get("sec-fetch-site");
  if (site && site !== "same-origin") return false;
  const origin = request.headers.get("origin");
  if (origin === null) return true;
  if (!URL.canParse(origin)) return false;
  const { host, origin: sender } = new URL(origin);
  const asked = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  return sender === new URL(publicUrl).origin || host === asked;
}
