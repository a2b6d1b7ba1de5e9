import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { db } from "@/db";
import { users } from "@/db/schema";
import { SIGN_IN_TRIES } from "../constants";
import { knownDevice } from "../device-cookie";
import { hashPassword, isOutdated, verifyPassword } from "../passwords";
import { forgetTries, returnTry, takeTry, throttleKey } from "../throttle";

/**
 * The person whose e-mail and password these are, or null. Tries are taken before anything is hashed; unknown,
 * disabled and password-less accounts cost the same time and count the same. Throws TooManyTriesError.
 */
export async function checkCredentials(given: {
  email: string;
  password: string;
  address: string;
  /** The device cookie, if any. */
  device?: string;
}): Promise<{ id: string } | null> {
  const byAddress = { key: throttleKey("sign-in:address", given.address), ...SIGN_IN_TRIES.address };
  const byAccount = { key: accountKey(given), ...SIGN_IN_TRIES.account };
  await takeTry(byAddress);
  await takeTry(byAccount).catch(async (error) => {
    await returnTry(byAddress);
    throw error;
  });

  const user = await findByEmail(given.email);
  const fits = await verifyPassword(given.password, user?.passwordHash ?? null);
  if (!user || !fits) return null;

  await Promise.all([forgetTries(byAccount.key), returnTry(byAddress)]);
  if (user.passwordHash && isOutdated(user.passwordHash)) {
    await renewHash({ id: user.id, password: given.password, old: user.passwordHash });
  }
  return { id: user.id };
}

// A browser that signed in to this account before has tries of its own, so that a stranger who guesses without end
// cannot keep the person out.
function accountKey({ email, device }: { email: string; device?: string }): string {
  const known = knownDevice(device, email);
  return known ? throttleKey("sign-in:device", `${known}:${email}`) : throttleKey("sign-in:account", email);
}

async function findByEmail(email: string) {
  const [user] = await db()
    .select({ id: users.id, passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(sql`lower(${users.email})`, email.toLowerCase()), isNull(users.disabledAt)));
  return user ?? null;
}

// Guarded by the old hash: a password changed meanwhile stays changed.
async function renewHash({ id, password, old }: { id: string; password: string; old: string }) {
  await db()
    .update(users)
    .set({ passwordHash: await hashPassword(password) })
    .where(and(eq(users.id, id), eq(users.passwordHash, old)));
}
