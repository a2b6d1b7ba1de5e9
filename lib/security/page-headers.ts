const YEAR = 365 * 24 * 60 * 60;

/** Headers of every page besides its Content-Security-Policy. */
export function pageHeaders({ path, secure }: { path: string; secure: boolean }): Record<string, string> {
  const isShare = path === "/s" || path.startsWith("/s/");
  const holdsToken = isShare || path.startsWith("/owner-link") || path.startsWith("/join/");
  return {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": holdsToken ? "no-referrer" : "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    ...(isShare ? { "X-Robots-Tag": "noindex, nofollow, noarchive" } : {}),
    ...(secure ? { "Strict-Transport-Security": `max-age=${YEAR}; includeSubDomains` } : {}),
  };
}
