"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { CredentialFields, type Entries, entriesOf } from "./credential-fields";
import { trySignIn } from "./try-sign-in";

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
