"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { changeConnectionAction, createConnectionAction } from "@/lib/connections/actions";
import { DIALECT_FACTS, DIALECT_NAMES } from "@/lib/connections/constants";
import type { ConnectionView, Dialect } from "@/lib/connections/types";
import { ok, type Refused, type Result } from "@/lib/result";

type ConnectionDialogProps = {
  /** Null: a new one. */
  connection: ConnectionView | null;
  onClose: () => void;
  onSaved: (key: string) => void;
};

/** Adds a connection, or changes its name, address or key. */
export function ConnectionDialog({ connection, onClose, onSaved }: ConnectionDialogProps) {
  const [dialect, setDialect] = useState<Dialect>(connection?.dialect ?? "openai");
  const [problem, setProblem] = useState<Refused | null>(null);
  const [pending, setPending] = useState(false);
  const formId = useId();
  const router = useRouter();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const entries = new FormData(event.currentTarget);
    setPending(true);
    const result = await answered(save({ connection, dialect, entries }));
    setPending(false);
    if (!result.ok) return setProblem(result);
    router.refresh();
    onSaved(result.value.id);
  }
  const title = connection ? `Change “${connection.label}”` : "Add a connection";
  const words = connection ? "Save and test" : "Add and test";
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      size="medium"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} look="primary" pending={pending}>
            {words}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {!connection && <KindField dialect={dialect} onChange={setDialect} />}
        <Fields key={dialect} connection={connection} dialect={dialect} problem={problem} />
        <p role="alert" className={isElsewhere(problem) ? "text-dense text-err" : "sr-only"}>
          {problem?.words}
        </p>
      </form>
    </Dialog>
  );
}

const FIELDS: Record<string, "address" | "apiKey"> = {
  address: "address",
  key: "apiKey",
  cannot_seal: "apiKey",
};

/** Whether no field shows it. */
function isElsewhere(problem: Refused | null): boolean {
  return problem !== null && FIELDS[problem.reason] === undefined;
}

async function save({
  connection,
  dialect,
  entries,
}: {
  connection: ConnectionView | null;
  dialect: Dialect;
  entries: FormData;
}): Promise<Result<{ id: string }>> {
  const textOf = (name: string) => String(entries.get(name) ?? "");
  const apiKey = textOf("apiKey");
  const fields = { label: textOf("label"), address: textOf("address") };
  if (!connection) return createConnectionAction({ ...fields, dialect, apiKey });
  // An empty field keeps the key that is stored.
  const change = { id: connection.key, ...fields, ...(apiKey ? { apiKey } : {}) };
  const result = await changeConnectionAction(change);
  return result.ok ? ok({ id: connection.key }) : result;
}

type KindFieldProps = { dialect: Dialect; onChange: (dialect: Dialect) => void };

const KINDS = DIALECT_NAMES.map((value) => ({
  value,
  label: DIALECT_FACTS[value].label,
  detail: DIALECT_FACTS[value].detail,
}));

function KindField({ dialect, onChange }: KindFieldProps) {
  return (
    <Field label="Kind">
      {({ id }) => <Select id={id} value={dialect} options={KINDS} onChange={onChange} />}
    </Field>
  );
}

type FieldsProps = { connection: ConnectionView | null; dialect: Dialect; problem: Refused | null };

function Fields({ connection, dialect, problem }: FieldsProps) {
  const { label, ownAddress, example } = DIALECT_FACTS[dialect];
  const wrong = problem && FIELDS[problem.reason];
  return (
    <>
      <Field label="Name">
        {(wiring) => (
          <Input
            {...wiring}
            name="label"
            defaultValue={connection?.label ?? label}
            maxLength={60}
            autoComplete="off"
          />
        )}
      </Field>
      <Field
        label="Address"
        hint={ownAddress ? `Empty: ${ownAddress}` : `With its path, for example ${example}`}
        error={wrong === "address" ? problem?.words : null}
      >
        {(wiring) => (
          <Input
            {...wiring}
            name="address"
            type="url"
            inputMode="url"
            defaultValue={connection?.address ?? ""}
            placeholder={example}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <Field
        label={ownAddress ? "Key" : "Key, if the server asks for one"}
        hint="Stored sealed. It is never shown again but for its last four characters."
        error={wrong === "apiKey" ? problem?.words : null}
      >
        {(wiring) => (
          <Input
            {...wiring}
            name="apiKey"
            type="password"
            // Browsers offer to keep sign-in passwords; this is none.
            autoComplete="off"
            spellCheck={false}
            data-1p-ignore
            placeholder={
              connection?.hasKey
                ? `Empty: the stored one${connection.last4 ? ` …${connection.last4}` : ""}`
                : ""
            }
            className="font-mono"
          />
        )}
      </Field>
    </>
  );
}
