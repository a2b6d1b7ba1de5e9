import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { env } from "@/lib/env";
import { LOGIN_COOKIE_SECONDS } from "./constants";

/** What the cookie says: who, which login row, and which generation of that person's logins. */
export type LoginClaims = { uid: string; lid: string; ver: number };

const claimsSchema = z.object({ uid: z.uuid(), lid: z.uuid(), ver: z.number().int() });

/** next-auth's own cookie, named and flagged as next-auth does, so that both ways of signing in share it. */
export function loginCookie(publicUrl = env().NEXTAUTH_URL) {
  const secure = publicUrl.startsWith("https://");
  return {
    name: `${secure ? "__Secure-" : ""}next-auth.session-token`,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure, maxAge: LOGIN_COOKIE_SECONDS },
  } as const;
}

export function sealClaims(claims: LoginClaims): Promise<string> {
  return encode({ token: claims, secret: env().NEXTAUTH_SECRET, maxAge: LOGIN_COOKIE_SECONDS });
}

/** Null for a cookie that is missing, foreign, changed or out of date. */
export async function openClaims(sealed: string | undefined): Promise<LoginClaims | null> {
  if (!sealed) return null;
  const token = await decode({ token: sealed, secret: env().NEXTAUTH_SECRET }).catch(() => null);
  return claimsOf(token);
}

export function claimsOf(token: unknown): LoginClaims | null {
  return claimsSchema.safeParse(token).data ?? null;
}
