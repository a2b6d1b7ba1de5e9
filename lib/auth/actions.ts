"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { publicAction } from "@/lib/action";
import { clientAddress } from "./client-address";
import { currentUser } from "./current-user";
import { loginCookie, openClaims } from "./login-cookie";
import { revokeEveryLogin, revokeLogin } from "./mutations/logins";
import { signUp } from "./mutations/sign-up";
import { signUpSchema } from "./schemas";

export const signUpAction = publicAction(signUpSchema, async (input) =>
  signUp({ ...input, address: clientAddress(await headers()) }),
);

/** Ends the login of this browser. */
export async function signOutAction() {
  const claims = await openClaims((await cookies()).get(loginCookie().name)?.value);
  if (claims) await revokeLogin(claims);
  await leave();
}

/** Ends every login of this person, here and elsewhere. */
export async function signOutEverywhereAction() {
  const user = await currentUser();
  if (user) await revokeEveryLogin(user.personId);
  await leave();
}

async function leave() {
  const { name, options } = loginCookie();
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
  redirect("/sign-in");
}
