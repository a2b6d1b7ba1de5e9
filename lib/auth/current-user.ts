import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { readCookie } from "@/lib/security/cookie";
import { type LoginClaims, loginCookie, openClaims } from "./login-cookie";
import { chooseWorkspace, touchLogin } from "./mutations/logins";
import { type Named, namedBy, namedByPath } from "./named";
import { getLoginUser } from "./queries";
import { safeNext } from "./safe-next";
import type { CurrentUser } from "./types";

/**
 * Who is asking and where they work, in pages and actions; null when signed out. Checked against the database once a
 * request. A page of a session of another workspace of theirs is looked at there.
 */
export const currentUser = cache(async () => userOfCookies(namedByPath((await headers()).get("x-path"))));

/** For actions: the same, in the workspace of what their input names. */
export async function currentUserFor(input: unknown): Promise<CurrentUser | null> {
  const named = namedBy(input);
  return named ? userOfCookies(named) : currentUser();
}

/** For pages: the person, or a redirect to sign-in that comes back here. */
export async function requireUser(): Promise<CurrentUser> {
  const user = await currentUser();
  if (user) return stay(user);
  const path = safeNext((await headers()).get("x-path"));
  redirect(`/sign-in?next=${encodeURIComponent(path)}`);
}

// Whoever opens a link into another workspace goes on there. Layout and page ask in one request; one of them writes.
const stay = cache(async (user: CurrentUser): Promise<CurrentUser> => {
  if (user.isVisiting) await chooseWorkspace({ ...user, workspaceId: user.id });
  return user;
});

/** For route handlers: the person, or null. */
export async function findUserOf(request: Request, named: Named | null = null): Promise<CurrentUser | null> {
  return userOfClaims(await openClaims(readCookie(request.headers, loginCookie().name)), named);
}

/** For route handlers: the person, or AppError `signed_out` (401). */
export async function userOf(request: Request, named: Named | null = null): Promise<CurrentUser> {
  const user = await findUserOf(request, named);
  if (!user) throw signedOut();
  return user;
}

export function signedOut(): AppError {
  return new AppError("signed_out", "You are signed out. What was saved is kept. Sign in to go on.");
}

async function userOfCookies(named: Named | null): Promise<CurrentUser | null> {
  return userOfClaims(await openClaims((await cookies()).get(loginCookie().name)?.value), named);
}

async function userOfClaims(claims: LoginClaims | null, named: Named | null): Promise<CurrentUser | null> {
  if (!claims) return null;
  const login = await getLoginUser(claims, named);
  if (!login) return null;
  if (login.seenLongAgo) {
    await touchLogin(claims.lid).catch((error) => log.warn("login not touched", { error }));
  }
  return login.user;
}
