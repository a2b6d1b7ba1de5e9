"use client";

import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { MISMATCH } from "@/lib/auth/sign-in-words";
import { CredentialFields, type Entries, entriesOf, NO_ANSWER } from "./credential-fields";

export function SignInForm({ next, entries }: { next: string; entries?: Entries }) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    const refusal = await trySignIn(entriesOf(event.currentTarget));
    // A whole page load: everything rendered for nobody is thrown away.
    if (refusal === null) return window.location.assign(next);
    setProblem(refusal);
    setPending(false);
  }

  return (
    <form method="post" noValidate onSubmit={submit} className="mt-6 flex flex-col gap-4">
      <CredentialFields purpose="sign-in" entries={entries} problem={problem} />
      <Button type="submit" look="primary" size="large" pending={pending}>
        Sign in
      </Button>
    </form>
  );
}

/** Null when it worked, else the words to show. */
async function trySignIn(entries: Entries): Promise<string | null> {
  const answer = await signIn("credentials", { ...entries, redirect: false }).catch(() => undefined);
  if (!answer) return NO_ANSWER;
  if (answer.ok) return null;
  if (answer.error === "CredentialsSignin") return MISMATCH;
  return answer.error ?? NO_ANSWER;
}
