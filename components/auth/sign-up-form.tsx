"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { signUpAction } from "@/lib/auth/actions";
import { CredentialFields, type Entries, entriesOf, NO_ANSWER } from "./credential-fields";
import { Notice } from "./notice";
import { SignInForm } from "./sign-in-form";
import { trySignIn } from "./try-sign-in";

type SignUpFormProps = {
  next: string;
  /** The token of an invitation that led here. */
  invitation?: string;
};

export function SignUpForm({ next, invitation }: SignUpFormProps) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [done, setDone] = useState<Entries>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const entries = entriesOf(event.currentTarget);
    setPending(true);
    const answer = await signUpAction({ ...entries, invitation }).catch(() => null);
    if (answer?.ok && (await trySignIn(entries)) === null) return window.location.assign(next);
    setPending(false);
    if (answer?.ok) setDone(entries);
    else setProblem(answer?.words ?? NO_ANSWER);
  }

  // The same next step for a free and a taken e-mail: whoever tries addresses learns nothing here.
  if (done) {
    return (
      <div ref={focusSubmit}>
        <Notice look="ok">
          Done. Now sign in. If this e-mail had an account before, use the password of that account.
        </Notice>
        <SignInForm next={next} entries={done} />
      </div>
    );
  }
  return (
    <form method="post" noValidate onSubmit={submit} className="mt-6 flex flex-col gap-4">
      <CredentialFields purpose="sign-up" problem={problem} />
      <Button type="submit" look="primary" size="large" pending={pending}>
        Make account
      </Button>
    </form>
  );
}

// The button that was pressed is gone; Enter must go on working from its successor.
function focusSubmit(form: HTMLElement | null) {
  form?.querySelector<HTMLButtonElement>("button[type=submit]")?.focus();
}
