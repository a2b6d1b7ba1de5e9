"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { inviteAction } from "@/lib/workspaces/actions";
import { INVITATION_DAYS } from "@/lib/workspaces/constants";
import type { MailOutcome } from "@/lib/workspaces/types";

type Made = { url: string; mail: MailOutcome; email: string };

/** Makes a link for one person. It is shown once. */
export function InviteForm({ sendsMail }: { sendsMail: boolean }) {
  const [made, setMade] = useState<Made | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const router = useRouter();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const email = String(new FormData(event.currentTarget).get("email") ?? "");
    setPending(true);
    const result = await answered(inviteAction({ email }));
    setPending(false);
    setError(result.ok ? null : result.words);
    if (!result.ok) return;
    setMade({ ...result.value, email });
    router.refresh();
  }

  if (made) return <MadeInvitation made={made} onAnother={() => setMade(null)} />;
  return (
    <form method="post" noValidate onSubmit={submit} className="mt-3 flex flex-col gap-3">
      <Field
        label="E-mail, if you like"
        hint={
          sendsMail
            ? "The link goes there too."
            : "Only kept beside the link: this installation sends no e-mail."
        }
        error={error}
      >
        {(wiring) => (
          <Input
            {...wiring}
            name="email"
            type="email"
            autoComplete="off"
            maxLength={254}
            className="max-w-96"
          />
        )}
      </Field>
      <Button type="submit" look="primary" pending={pending} className="self-start">
        Create invitation
      </Button>
    </form>
  );
}

function MadeInvitation({ made, onAnother }: { made: Made; onAnother: () => void }) {
  const hint = `It is shown this once, lets one person in, and ends in ${INVITATION_DAYS} days. Copy it now.`;
  return (
    <div className="mt-3 flex flex-col gap-3">
      <p role="status" className="text-dense text-ink-2 empty:hidden">
        {mailWords(made)}
      </p>
      <Field label="Link" hint={hint}>
        {(wiring) => (
          <div className="flex items-center gap-2">
            <Input
              {...wiring}
              readOnly
              value={made.url}
              onFocus={(event) => event.target.select()}
              className="font-mono"
            />
            <CopyButton text={made.url} label="Copy link" />
          </div>
        )}
      </Field>
      <Button look="ghost" size="small" className="self-start" onClick={onAnother}>
        Invite another
      </Button>
    </div>
  );
}

function mailWords({ mail, email }: Made): string | null {
  switch (mail) {
    case "sent":
      return `Sent to ${email}.`;
    case "failed":
      return `The e-mail to ${email} could not be sent. The link works all the same: send it another way.`;
    case "none":
      return null;
  }
}
