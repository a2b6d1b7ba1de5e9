import { signIn } from "next-auth/react";
import { MISMATCH } from "@/lib/auth/sign-in-words";
import { type Entries, NO_ANSWER } from "./credential-fields";

/** Null when it worked, else the words to show. */
export async function trySignIn(entries: Entries): Promise<string | null> {
  const answer = await signIn("credentials", { ...entries, redirect: false }).catch(() => undefined);
  if (!answer) return NO_ANSWER;
  if (answer.ok) return null;
  if (answer.error === "CredentialsSignin") return MISMATCH;
  return answer.error ?? NO_ANSWER;
}
