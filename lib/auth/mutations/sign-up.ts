import "server-only";
import { db } from "@/db";
import { users } from "@/db/schema";
import { env } from "@/lib/env";
import { ok, type Refused, type Result, refused } from "@/lib/result";
import { redeemInvitation } from "@/lib/workspaces/mutations/join";
import { isInvited } from "@/lib/workspaces/queries";
import { SIGN_UP_TRIES } from "../constants";
import { passwordProblem } from "../password-rules";
import { hashPassword } from "../passwords";
import { takeTry, throttleKey } from "../throttle";

/**
 * Makes an account. A taken e-mail is answered exactly like a free one and changes nothing
 * (docs/decisions/010-no-account-oracle.md). An open invitation is used up by the new account, and lets it be made
 * where sign-up is closed. Throws TooManyTriesError.
 */
export async function signUp(given: {
  email: string;
  password: string;
  address: string;
  /** The token of an invitation. */
  invitation?: string;
}): Promise<Result> {
  const isClosed = env().SIGN_UP === "closed";
  if (isClosed && !(await isInvited(given.invitation))) return closed();
  const problem = await passwordProblem(given.password, given);
  if (problem) return refused("password", problem);
  await takeTry({ key: throttleKey("sign-up:address", given.address), ...SIGN_UP_TRIES });
  const passwordHash = await hashPassword(given.password);
  const { email, invitation } = given;
  try {
    await db().transaction(async (tx) => {
      const [person] = await tx
        .insert(users)
        .values({ email, passwordHash })
        .onConflictDoNothing()
        .returning({ personId: users.id });
      if (!person) return;
      const isLetIn = invitation ? await redeemInvitation(tx, { ...person, token: invitation }) : false;
      // Somebody else used the link meanwhile: no account comes of it.
      if (isClosed && !isLetIn) throw new NotInvitedError();
    });
  } catch (error) {
    if (error instanceof NotInvitedError) return closed();
    throw error;
  }
  return ok();
}

class NotInvitedError extends Error {}

function closed(): Refused {
  return refused("closed", "Sign-up is closed here. Ask the person who runs this place for an account.");
}
