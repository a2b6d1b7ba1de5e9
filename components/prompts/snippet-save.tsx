"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MAX_SNIPPET_NAME } from "@/lib/snippets/constants";
import type { SnippetEntry } from "./use-snippets";

type SnippetSaveProps = {
  /** What would be saved; nothing is offered for ''. */
  text: string;
  /** It is what was selected in the prompt. */
  isPart: boolean;
  known: readonly SnippetEntry[];
  onSave: (name: string, text: string, how: { replace: boolean }) => Promise<string | null>;
};

/** Keeps the prompt, or what is selected in it, under a short name. */
export function SnippetSave({ text, isPart, known, onSave }: SnippetSaveProps) {
  const [name, setName] = useState("");
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  if (text === "") return null;
  const taken = known.find((one) => !one.deleted && isSame(one.name, name));
  async function save(event: FormEvent) {
    event.preventDefault();
    if (pending || name.trim() === "") return;
    setPending(true);
    const words = await onSave(name, text, { replace: taken !== undefined });
    setPending(false);
    setError(words);
    if (words === null) setName("");
  }
  return (
    <form onSubmit={save}>
      <Field label={isPart ? "Save the selected words as" : "Save this prompt as"} error={error}>
        {(wiring) => (
          <div className="flex gap-2">
            <Input
              {...wiring}
              value={name}
              maxLength={MAX_SNIPPET_NAME}
              autoComplete="off"
              placeholder="Short name"
              onChange={(event) => setName(event.target.value)}
            />
            <Button type="submit" pending={pending} disabled={name.trim() === ""}>
              {taken ? "Replace" : "Save"}
            </Button>
          </div>
        )}
      </Field>
      <p className="mt-1 line-clamp-2 text-ink-2 text-pill">{text}</p>
    </form>
  );
}

function isSame(a: string, b: string): boolean {
  return a.toLocaleLowerCase() === b.trim().toLocaleLowerCase();
}
