import { loginCookie, sealClaims } from "@/lib/auth/login-cookie";
import { isLoopbackRequest } from "@/lib/auth/loopback";
import { redeemOwnerLink } from "@/lib/auth/mutations/owner-link";
import { env } from "@/lib/env";
import { publicRoute } from "@/lib/route";
import { serializeCookie } from "@/lib/security/cookie";

export const GET = publicRoute(async ({ request }) => {
  // A browser that looks ahead, or asks for headers only, must not use the link up.
  if (request.method !== "GET" || isLookingAhead(request.headers)) return to("/sign-in", 503);
  if (!isLoopbackRequest(request.headers, env().HOST)) return to("/sign-in?reason=link");
  const token = new URL(request.url).searchParams.get("token") ?? "";
  const claims = await redeemOwnerLink({ token, userAgent: request.headers.get("user-agent") });
  if (!claims) return to("/sign-in?reason=link");
  const { name, options } = loginCookie();
  return to("/sessions", 303, serializeCookie(name, await sealClaims(claims), options));
});

function isLookingAhead(headers: Headers): boolean {
  return ["sec-purpose", "purpose", "x-purpose", "x-moz"].some((name) =>
    headers.get(name)?.includes("prefetch"),
  );
}

function to(path: string, status = 303, cookie?: string): Response {
  const headers = new Headers({ "Referrer-Policy": "no-referrer" });
  if (status === 303) headers.set("Location", path);
  if (cookie) headers.set("Set-Cookie", cookie);
  return new Response(null, { status, headers });
}
