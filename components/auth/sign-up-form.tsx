"use client";

import { type FormEvent, useState } from "react";
import { signUpAction } from "@/lib/auth/actions";
import { SignInForm } from "./sign-in-form";
import { SubmitButton } from "./submit-button";
import { TextField } from "./text-field";

const DONE = "Done. Now sign in. If this e-mail had an account before, use the password of that account.";
const NO_ANSWER = "The server did not answer. Your entries are kept. Check the connection, then try again.";

export function SignUpForm({ next }: { next: string }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [done, setDone] = useState<{ email: string; password: string }>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    const entries = { email: String(form.get("email")), password: String(form.get("password")) };
    setBusy(true);
    setProblem(undefined);
    const answer = await signUpAction(entries).catch(() => null);
    setBusy(false);
    if (answer?.ok) setDone(entries);
    else setProblem(answer?.words ?? NO_ANSWER);
  }

  // The same next step for a free and a taken e-mail: whoever tries addresses learns nothing here.
  if (done) return <SignInForm next={next} entries={done} notice={DONE} />;
  return (
    <form method="post" onSubmit={submit} className="mt-6 grid gap-2">
      <TextField label="E-mail" name="email" type="email" autoComplete="username" required maxLength={254} />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={8}
        hint="8 characters or more. Spaces and any letters work."
        problem={problem}
      />
      <p role="alert" className="sr-only">
        {problem}
      </p>
      <SubmitButton busy={busy} label="Make account" busyLabel="Making account…" />
    </form>
  );
}
