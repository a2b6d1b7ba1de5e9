"use client";

import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";
import { MISMATCH } from "@/lib/auth/sign-in-words";
import { SubmitButton } from "./submit-button";
import { TextField } from "./text-field";

type Entries = { email: string; password: string };
type Props = { next: string; entries?: Entries; notice?: string };

const NO_ANSWER = "The server did not answer. Your entries are kept. Check the connection, then try again.";

export function SignInForm({ next, entries, notice }: Props) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(undefined);
    const refusal = await trySignIn({
      email: String(form.get("email")),
      password: String(form.get("password")),
    });
    // A whole page load: everything rendered for nobody is thrown away.
    if (refusal === null) return window.location.assign(next);
    setProblem(refusal);
    setBusy(false);
  }

  return (
    <form method="post" onSubmit={submit} className="mt-6 grid gap-2">
      {notice ? (
        <p role="status" className="mb-2 rounded-control bg-ok-bg px-3 py-2 text-dense text-ok">
          {notice}
        </p>
      ) : null}
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        maxLength={254}
        defaultValue={entries?.email}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        defaultValue={entries?.password}
        problem={problem}
      />
      <p role="alert" className="sr-only">
        {problem}
      </p>
      <SubmitButton busy={busy} label="Sign in" busyLabel="Signing in…" />
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
