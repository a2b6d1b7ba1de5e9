import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

export type Entries = { email: string; password: string };

type Props = { purpose: "sign-in" | "sign-up"; entries?: Entries; problem?: string };

/** E-mail and password, with room kept below so that nothing moves when a problem appears. */
export function CredentialFields({ purpose, entries, problem }: Props) {
  const isNew = purpose === "sign-up";
  return (
    <>
      <Field label="E-mail">
        {(wiring) => (
          <Input
            {...wiring}
            name="email"
            type="email"
            autoComplete="username"
            required
            maxLength={254}
            defaultValue={entries?.email}
          />
        )}
      </Field>
      <Field
        label="Password"
        className="min-h-28"
        error={problem}
        hint={isNew && !problem ? "8 characters or more. Spaces and all letters work." : undefined}
      >
        {(wiring) => (
          <Input
            {...wiring}
            name="password"
            type="password"
            autoComplete={isNew ? "new-password" : "current-password"}
            required
            minLength={isNew ? 8 : undefined}
            defaultValue={entries?.password}
          />
        )}
      </Field>
      <p role="alert" className="sr-only">
        {problem}
      </p>
    </>
  );
}

export function entriesOf(form: HTMLFormElement): Entries {
  const data = new FormData(form);
  return { email: String(data.get("email")), password: String(data.get("password")) };
}

export const NO_ANSWER =
  "The server did not answer. Your entries are kept. Check the connection, then try again.";
