import type { Route } from "next";

/** Where to go after sign-in: a path of this site, or the list of sessions for anything else. */
export function safeNext(wanted: string | null | undefined): Route {
  const path = ownPath(wanted) ?? "/sessions";
  assertRoute(path);
  return path;
}

// typedRoutes knows literal paths only; this one came in at run time and passed the checks below.
function assertRoute(_path: string): asserts _path is Route {}

// Only the pathname and search of an address under it are used, so the host is never visited.
const BASE = "http://same.invalid";

function ownPath(wanted: string | null | undefined): string | null {
  if (!wanted?.startsWith("/") || wanted.length > 2000) return null;
  // Browsers drop control characters and read backslashes as slashes; both can hide a foreign host.
  if (hasControlOrBackslash(wanted) || !URL.canParse(wanted, BASE)) return null;
  const url = new URL(wanted, BASE);
  if (url.origin !== BASE || url.pathname.startsWith("//")) return null;
  if (/^\/(sign-in|sign-up|owner-link|api)(\/|$)/.test(url.pathname)) return null;
  if (url.searchParams.has("_rsc")) url.searchParams.delete("_rsc");
  return url.pathname + url.search;
}

function hasControlOrBackslash(text: string): boolean {
  return [...text].some((char) => char === "\\" || char.charCodeAt(0) <= 0x20 || char.charCodeAt(0) === 0x7f);
}
