import { randomUUID } from "node:crypto";
import type { users } from "@/db/schema";
import { hashPassword } from "@/lib/auth/passwords";
import { CookieJar } from "@/scripts/testing/cookie-jar";

type NewUser = (overrides: Partial<typeof users.$inferInsert>) => Promise<{ id: string }>;

/** A new person with an account, signed in over HTTP as the page does it. */
export async function signInWithPassword(
  address: string,
  newUser: NewUser,
): Promise<{ jar: CookieJar; id: string; email: string }> {
  const email = `${randomUUID()}@example.com`;
  const password = `pass-${randomUUID()}`;
  const { id } = await newUser({ email, passwordHash: await hashPassword(password) });
  const jar = new CookieJar();
  const { csrfToken } = await (await jar.fetch(`${address}/api/auth/csrf`)).json();
  const response = await jar.fetch(`${address}/api/auth/callback/credentials`, {
    method: "POST",
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
    headers: { origin: address },
  });
  if (response.status >= 400) throw new Error(`sign-in answered ${response.status}`);
  return { jar, id, email };
}
