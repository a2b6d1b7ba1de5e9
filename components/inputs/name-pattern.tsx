"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { InputRow } from "@/lib/inputs/wire";
import type { OutputSettings } from "@/lib/sessions/types";
import { archiveNames } from "@/lib/zip/names";

type NamePatternProps = {
  pattern: string;
  format: OutputSettings["format"];
  sessionName: string;
  rows: readonly InputRow[];
  onChange: (pattern: string) => void;
};

const EXAMPLES = 3;
const LONGEST = 120;
const STAND_IN = [{ position: 1, name: "SKU-00417_front.jpg", path: "" }];

/** How results are called, with the first names it gives. */
export function NamePattern({ pattern, format, sessionName, rows, onChange }: NamePatternProps) {
  const empty = pattern.trim() === "";
  const sources = rows.length > 0 ? rows.slice(0, EXAMPLES) : STAND_IN;
  const names = archiveNames(
    sources.map(({ position, name, path }) => ({
      n: position,
      sourceName: name,
      sourcePath: path,
      variant: 1,
      format,
    })),
    { pattern: empty ? "{source}" : pattern, session: sessionName },
  );
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Names of the results"
        hint="{source} is the file's name, {n} its number, {session} this session's name."
        error={empty ? "Write at least one character. Until then names stay as the files'." : null}
      >
        {(wiring) => (
          <Input
            {...wiring}
            value={pattern}
            maxLength={LONGEST}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => onChange(event.target.value)}
            className="font-mono text-dense"
          />
        )}
      </Field>
      <ul className="edge-print flex flex-col" aria-label="Example names">
        {names.map((name) => (
          <li key={name} className="truncate">
            {name}
          </li>
        ))}
      </ul>
    </div>
  );
}
