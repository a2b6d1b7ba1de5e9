import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/lib/env";
import { requestIdOf } from "@/lib/failure";
import { contentSecurityPolicy } from "@/lib/security/csp";
import { pageHeaders } from "@/lib/security/page-headers";
import { uploadSource } from "@/lib/storage/upload-source";

/**
 * Headers only. Nothing is decided here about who may see what: pages, actions and routes ask themselves, and are as
 * safe without this file.
 */
export function proxy(request: NextRequest) {
  const { pathname, search } = request.nextUrl;
  const secure = env().NEXTAUTH_URL.startsWith("https://");
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy({
    nonce,
    secure,
    development: env().NODE_ENV === "development",
    uploads: uploadSource(env()),
  });
  const requestId = requestIdOf(request.headers);

  // Next reads the nonce out of the policy on the request and puts it on its own scripts.
  const forwarded = new Headers(request.headers);
  forwarded.set("Content-Security-Policy", policy);
  forwarded.set("x-nonce", nonce);
  forwarded.set("x-path", pathname + search);
  forwarded.set("x-request-id", requestId);

  const response = NextResponse.next({ request: { headers: forwarded } });
  response.headers.set("Content-Security-Policy", policy);
  response.headers.set("X-Request-Id", requestId);
  for (const [name, value] of Object.entries(pageHeaders({ path: pathname, secure }))) {
    response.headers.set(name, value);
  }
  return response;
}

export const config = {
  // Not /api: a path matched here has its body cut at 10 MB. Routes set their own headers (lib/route.ts).
  matcher: ["/((?!api/|_next/static/|_next/image|favicon.ico|icon.svg).*)"],
};
