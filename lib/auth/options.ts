import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env } from "@/lib/env";
import { failureOf, requestIdOf } from "@/lib/failure";
import { log } from "@/lib/log";
import { readCookie, serializeCookie } from "@/lib/security/cookie";
import { tokenOfPath } from "@/lib/workspaces/invitation-path";
import { clientAddress } from "./client-address";
import { LOGIN_COOKIE_SECONDS } from "./constants";
import { deviceCookie, knownDevice, newDevice } from "./device-cookie";
import { claimsOf, loginCookie } from "./login-cookie";
import { checkCredentials } from "./mutations/check-credentials";
import { createLogin, revokeLogin } from "./mutations/logins";
import { findAccountUser, personOfAccount } from "./mutations/provider-account";
import { oauthProviders, verifiedEmailOf } from "./providers";
import { safeNext } from "./safe-next";
import { signInSchema } from "./schemas";

/**
 * next-auth for one request: it proves who someone is and keeps the cookie. Whether a login still counts is decided
 * by our own rows on every request (current-user.ts), never by the cookie alone. `setCookie` takes what the answer
 * must carry besides next-auth's own cookies.
 */
export function authOptions(headers: Headers, setCookie: (line: string) => void): NextAuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    useSecureCookies: loginCookie().options.secure,
    session: { strategy: "jwt", maxAge: LOGIN_COOKIE_SECONDS },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [credentials(headers, setCookie), ...oauthProviders()],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.type !== "oauth") return true;
        const person = await personOfAccount({
          provider: account.provider,
          providerAccountId: account.providerAccountId,
          verifiedEmail: verifiedEmailOf(profile),
          name: user.name ?? null,
          invitation: invitationOf(headers),
        });
        return person !== null;
      },
      async jwt({ token, user, account }) {
        if (!account) return token;
        const person = account.type === "oauth" ? await findAccountUser(account) : user;
        const claims =
          person && (await createLogin({ userId: person.id, userAgent: headers.get("user-agent") }));
        if (!claims) throw new Error("the account was removed while signing in");
        return claims;
      },
      // Pages ask currentUser(); the public endpoint tells nothing about the person.
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) =>
        baseUrl + safeNext(url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url),
    },
    events: {
      async signOut({ token }) {
        const claims = claimsOf(token);
        if (claims) await revokeLogin(claims);
      },
    },
    logger: {
      error: (code) => log.warn("sign-in failed", { code }),
      warn: (code) => log.warn("sign-in", { code }),
      debug: () => {},
    },
  };
}

// next-auth keeps the page asked for in a cookie of its own while the provider is asked.
function invitationOf(headers: Headers): string | null {
  const prefix = loginCookie().options.secure ? "__Secure-" : "";
  const asked = readCookie(headers, `${prefix}next-auth.callback-url`);
  return tokenOfPath(new URLSearchParams(`url=${asked ?? ""}`).get("url"));
}

function credentials(headers: Headers, setCookie: (line: string) => void) {
  return Credentials({
    name: "e-mail and password",
    credentials: { email: { type: "email" }, password: { type: "password" } },
    async authorize(given) {
      const parsed = signInSchema.safeParse({ email: given?.email, password: given?.password });
      if (!parsed.success) return null;
      try {
        const { email } = parsed.data;
        const device = readCookie(headers, deviceCookie().name);
        const person = await checkCredentials({ ...parsed.data, address: clientAddress(headers), device });
        if (person && !knownDevice(device, email)) {
          setCookie(serializeCookie(deviceCookie().name, newDevice(email), deviceCookie().options));
        }
        return person;
      } catch (error) {
        // The message is sent to the browser, so it carries words made for people and nothing of the cause.
        throw new Error(failureOf(error, requestIdOf(headers)).words);
      }
    },
  });
}
