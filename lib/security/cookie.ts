type CookieOptions = {
  httpOnly: boolean;
  sameSite: "lax" | "strict";
  path: string;
  secure: boolean;
  /** Seconds. */
  maxAge: number;
};

/** A Set-Cookie value. The cookie's own value must already be safe to send (base64url and dots are). */
export function serializeCookie(name: string, value: string, options: CookieOptions): string {
  return [
    `${name}=${value}`,
    `Max-Age=${options.maxAge}`,
    `Path=${options.path}`,
    options.httpOnly ? "HttpOnly" : "",
    options.secure ? "Secure" : "",
    `SameSite=${options.sameSite === "lax" ? "Lax" : "Strict"}`,
  ]
    .filter(Boolean)
    .join("; ");
}

/** One cookie out of the Cookie header. */
export function readCookie(headers: Headers, name: string): string | undefined {
  const prefix = `${name}=`;
  return headers
    .get("cookie")
    ?.split(/;\s*/)
    .find((pair) => pair.startsWith(prefix))
    ?.slice(prefix.length);
}
