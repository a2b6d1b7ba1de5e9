"use client";

import { useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { createShareAction } from "@/lib/shares/actions";
import { PASSWORD_MAX, PASSWORD_MIN } from "@/lib/shares/constants";
import type { ShareOptions } from "@/lib/shares/types";
import { ShareList } from "./share-list";
import { useShares } from "./use-shares";

type ShareDialogProps = { sessionId: string; onClose: () => void };

/** Makes links to the results and ends them. */
export function ShareDialog({ sessionId, onClose }: ShareDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Share results"
      description="Whoever has the link sees the finished results without signing in, and nothing else of yours."
      size="medium"
    >
      <ShareForm sessionId={sessionId} />
    </Dialog>
  );
}

const START: ShareOptions = { names: true, originals: false, prompts: false, download: false };

const TOGGLES: { name: keyof ShareOptions; label: string; hint: string }[] = [
  { name: "names", label: "File names", hint: "Otherwise results are numbered." },
  {
    name: "originals",
    label: "Source images",
    hint: "Beside each result, 1,280 px, never the uploaded file.",
  },
  { name: "prompts", label: "Prompts", hint: "What each result was made with." },
  { name: "download", label: "Download", hint: "Whole results, one by one and as a ZIP." },
];

const EXPIRIES = [
  { value: "7", label: "In 7 days" },
  { value: "30", label: "In 30 days" },
  { value: "never", label: "Never" },
] as const;
const DAYS = { "7": 7, "30": 30, never: null } as const;

function ShareForm({ sessionId }: { sessionId: string }) {
  const [options, setOptions] = useState(START);
  const [expiry, setExpiry] = useState<keyof typeof DAYS>("30");
  const [password, setPassword] = useState("");
  const [made, setMade] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const isShort = password !== "" && password.length < PASSWORD_MIN;
  const { shares, reload } = useShares(sessionId);

  async function create() {
    setPending(true);
    const result = await answered(
      createShareAction({
        sessionId,
        options,
        expiresInDays: DAYS[expiry],
        password: password === "" ? null : password,
      }),
    );
    setPending(false);
    setError(result.ok ? null : result.words);
    if (!result.ok) return;
    setMade(result.value.url);
    setPassword("");
    reload();
  }
  return (
    <div className="flex flex-col gap-5">
      {made ? (
        <MadeLink url={made} onAnother={() => setMade(null)} />
      ) : (
        <>
          <fieldset className="flex flex-col">
            <legend className="mb-1 font-medium text-dense">The link shows</legend>
            {TOGGLES.map((toggle) => (
              <ShareToggle
                key={toggle.name}
                {...toggle}
                checked={options[toggle.name]}
                onChange={(checked) => setOptions({ ...options, [toggle.name]: checked })}
              />
            ))}
          </fieldset>
          <Field
            label="Password, if it shall ask for one"
            hint="Send it another way than the link."
            error={isShort ? error : null}
          >
            {(wiring) => (
              <Input
                {...wiring}
                value={password}
                autoComplete="off"
                spellCheck={false}
                maxLength={PASSWORD_MAX}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
          <div className="flex flex-wrap items-end justify-between gap-3">
            <Field label="The link ends" error={isShort ? null : error}>
              {({ id }) => (
                <Select id={id} value={expiry} options={EXPIRIES} onChange={setExpiry} className="w-44" />
              )}
            </Field>
            <Button look="primary" pending={pending} onClick={create}>
              Create link
            </Button>
          </div>
        </>
      )}
      <ShareList shares={shares} onRevoked={reload} />
    </div>
  );
}

type ShareToggleProps = {
  name: string;
  label: string;
  hint: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
};

function ShareToggle({ name, label, hint, checked, onChange }: ShareToggleProps) {
  return (
    <div className="flex min-h-11 items-center gap-3 border-line border-b py-1 last:border-b-0">
      <div className="min-w-0 flex-1">
        <label htmlFor={`share-${name}`}>{label}</label>
        <p id={`share-${name}-hint`} className="text-ink-3 text-pill">
          {hint}
        </p>
      </div>
      <Switch
        id={`share-${name}`}
        checked={checked}
        onChange={onChange}
        aria-describedby={`share-${name}-hint`}
      />
    </div>
  );
}

function MadeLink({ url, onAnother }: { url: string; onAnother: () => void }) {
  return (
    <div className="flex flex-col gap-2">
      <Field label="Link" hint="It is shown this once. Copy it now.">
        {(wiring) => (
          <div className="flex items-center gap-2">
            <Input
              {...wiring}
              readOnly
              value={url}
              onFocus={(event) => event.target.select()}
              className="font-mono"
            />
            <CopyButton text={url} label="Copy link" />
          </div>
        )}
      </Field>
      <Button look="ghost" size="small" className="self-start" onClick={onAnother}>
        Create another
      </Button>
    </div>
  );
}
