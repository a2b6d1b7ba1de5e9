"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

const AWAY = "The server can't be reached. Try again.";

/** Asks for the password of a link. Nothing of the session is on the page before. */
export function ShareLock({ token }: { token: string }) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const password = String(new FormData(event.currentTarget).get("password") ?? "");
    setPending(true);
    const words = await unlock(token, password);
    if (words === null) return window.location.reload();
    setPending(false);
    setError(words);
  }
  return (
    <main className="grid min-h-dvh place-items-center px-4">
      <form method="post" noValidate onSubmit={submit} className="flex w-full max-w-sm flex-col gap-4">
        <h1 className="text-title">These results are locked</h1>
        <Field label="Password" hint="Whoever sent the link has it." error={error}>
          {(wiring) => (
            <Input {...wiring} type="password" name="password" autoComplete="off" autoFocus required />
          )}
        </Field>
        <Button type="submit" look="primary" size="large" pending={pending}>
          Show results
        </Button>
      </form>
    </main>
  );
}

/** Null when the browser is let in, else words. */
async function unlock(token: string, password: string): Promise<string | null> {
  try {
    const answer = await fetch(`/api/shares/${token}/unlock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ password }),
    });
    return answer.ok ? null : ((await answer.json()).words ?? AWAY);
  } catch {
    return AWAY;
  }
}
