import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Marks a browser as one that signed in to an account before. It opens nothing: it only counts guesses apart. */
export function deviceCookie(publicUrl = env().NEXTAUTH_URL) {
  const secure = publicUrl.startsWith("https://");
  return {
    name: `${secure ? "__Host-" : ""}contact-sheet.device`,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure, maxAge: YEAR_SECONDS },
  } as const;
}

export function newDevice(email: string): string {
  const id = randomBytes(12).toString("base64url");
  return `${id}.${sign(id, email).toString("base64url")}`;
}

/** The device's id when the cookie was made here for this e-mail, else null. */
export function knownDevice(cookie: string | undefined, email: string): string | null {
  const [id = "", given = ""] = cookie?.split(".") ?? [];
  const signature = Buffer.from(given, "base64url");
  const expected = sign(id, email);
  return signature.length === expected.length && timingSafeEqual(signature, expected) ? id : null;
}

function sign(id: string, email: string): Buffer {
  return createHmac("sha256", env().NEXTAUTH_SECRET).update(`device:${id}:${email.toLowerCase()}`).digest();
}
