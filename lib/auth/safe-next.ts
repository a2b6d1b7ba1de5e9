// Only its pathname and search are ever used, so the host is never visited.
const BASE = "http://same.invalid";

/** Where to go after sign-in: a path of this site, or the list of sessions for anything else. */
export function safeNext(wanted: string | null | undefined, fallback = "/sessions"): string {
  if (!wanted || wanted.length > 2000) return fallback;
  // Browsers strip control characters and read backslashes as slashes; both can hide a foreign host.
  if (!wanted.startsWith("/") || hasControlOrBackslash(wanted)) return fallback;
  if (!URL.canParse(wanted, BASE)) return fallback;
  const url = new URL(wanted, BASE);
  if (url.origin !== BASE || url.pathname.startsWith("//")) return fallback;
  if (/^\/(sign-in|sign-up|owner-link|api)(\/|$)/.test(url.pathname)) return fallback;
  return url.pathname + url.search;
}

function hasControlOrBackslash(text: string): boolean {
  return [...text].some((char) => char === "\\" || char.charCodeAt(0) <= 0x20 || char.charCodeAt(0) === 0x7f);
}
