import "server-only";
import { db } from "@/db";
import { users } from "@/db/schema";
import { env } from "@/lib/env";
import { ok, type Result, refused } from "@/lib/result";
import { SIGN_UP_TRIES } from "../constants";
import { passwordProblem } from "../password-rules";
import { hashPassword } from "../passwords";
import { takeTry, throttleKey } from "../throttle";

/**
 * Makes an account. A taken e-mail is answered exactly like a free one and changes nothing
 * (docs/decisions/010-no-account-oracle.md). Throws TooManyTriesError.
 */
export async function signUp(given: { email: string; password: string; address: string }): Promise<Result> {
  if (env().SIGN_UP === "closed") {
    return refused("closed", "Sign-up is closed here. Ask the person who runs this place for an account.");
  }
  const problem = await passwordProblem(given.password, given);
  if (problem) return refused("password", problem);
  await takeTry({ key: throttleKey("sign-up:address", given.address), ...SIGN_UP_TRIES });
  const passwordHash = await hashPassword(given.password);
  await db().insert(users).values({ email: given.email, passwordHash }).onConflictDoNothing();
  return ok();
}
