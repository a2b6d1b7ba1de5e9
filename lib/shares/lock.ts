import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";
import { readCookie, serializeCookie } from "@/lib/security/cookie";
import { UNLOCKED_SECONDS } from "./constants";

type Lock = { id: string; passwordHash: string | null };

/** Whether a request may see the link: it has no password, or this browser gave it. */
export function isUnlocked(share: Lock, headers: Headers, now = Date.now()): boolean {
  if (share.passwordHash === null) return true;
  const [until = "", given = ""] = readCookie(headers, cookieName(share))?.split(".") ?? [];
  const signature = Buffer.from(given, "base64url");
  const expected = sign({ ...share, passwordHash: share.passwordHash }, until);
  const fits = signature.length === expected.length && timingSafeEqual(signature, expected);
  return fits && Number(until) > now;
}

/** The Set-Cookie value that lets this browser in for a day. It dies with the link, its password and the secret. */
export function unlockCookie(share: Lock & { passwordHash: string }, now = Date.now()): string {
  const until = String(now + UNLOCKED_SECONDS * 1_000);
  return serializeCookie(cookieName(share), `${until}.${sign(share, until).toString("base64url")}`, {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: isSecure(),
    maxAge: UNLOCKED_SECONDS,
  });
}

function sign({ id, passwordHash }: Lock & { passwordHash: string }, until: string): Buffer {
  return createHmac("sha256", env().NEXTAUTH_SECRET).update(`share:${id}:${passwordHash}:${until}`).digest();
}

function cookieName({ id }: Lock): string {
  return `${isSecure() ? "__Host-" : ""}contact-sheet.share-${id}`;
}

function isSecure(): boolean {
  return env().NEXTAUTH_URL.startsWith("https://");
}
