import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { readCookie } from "@/lib/security/cookie";
import { type LoginClaims, loginCookie, openClaims } from "./login-cookie";
import { touchLogin } from "./mutations/logins";
import { getLoginUser } from "./queries";
import { safeNext } from "./safe-next";
import type { CurrentUser } from "./types";

/** Who is asking, in pages and actions; null when signed out. Checked against the database once a request. */
export const currentUser = cache(async (): Promise<CurrentUser | null> => {
  const sealed = (await cookies()).get(loginCookie().name)?.value;
  return userOfClaims(await openClaims(sealed));
});

/** For pages: the person, or a redirect to sign-in that comes back here. */
export async function requireUser(): Promise<CurrentUser> {
  const user = await currentUser();
  if (user) return user;
  const path = safeNext((await headers()).get("x-path"));
  redirect(`/sign-in?next=${encodeURIComponent(path)}`);
}

/** For route handlers: the person, or null. */
export async function findUserOf(request: Request): Promise<CurrentUser | null> {
  return userOfClaims(await openClaims(readCookie(request.headers, loginCookie().name)));
}

/** For route handlers: the person, or AppError `signed_out` (401). */
export async function userOf(request: Request): Promise<CurrentUser> {
  const user = await findUserOf(request);
  if (!user) throw signedOut();
  return user;
}

export function signedOut(): AppError {
  return new AppError("signed_out", "You are signed out. What was saved is kept. Sign in to go on.");
}

async function userOfClaims(claims: LoginClaims | null): Promise<CurrentUser | null> {
  if (!claims) return null;
  const login = await getLoginUser(claims);
  if (!login) return null;
  if (login.seenLongAgo) {
    await touchLogin(claims.lid).catch((error) => log.warn("login not touched", { error }));
  }
  return login.user;
}
