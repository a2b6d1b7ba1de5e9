"use client";

import { useEffect, useState } from "react";
import { usePlan } from "@/components/models/use-plan";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { ToggleGroup } from "@/components/ui/toggle-group";
import type { InputDetails } from "@/lib/inputs/details";
import type { InputRow } from "@/lib/inputs/wire";
import { MAX_PROMPT_CHARS } from "@/lib/prompts/constants";
import { effectivePrompt } from "@/lib/prompts/merge";
import { countWords, plural } from "@/lib/words";
import { type PairedPrompts, pairPrompts } from "./pair-prompts";
import { PromptReading } from "./prompt-reading";

export type OwnPrompt = { mode: InputRow["promptMode"]; prompt: string };

type OwnPromptDialogProps = {
  rows: readonly InputRow[];
  sessionPrompt: string;
  /** The built-in model makes them: its reading is shown. */
  builtIn: boolean;
  /** Null when saved; words when it was refused. */
  onSave: (own: OwnPrompt) => Promise<string | null>;
  /** The same for a prompt to each. */
  onSaveEach: (pairs: PairedPrompts["pairs"]) => Promise<string | null>;
  onClose: () => void;
};

const CHOICES = [
  { value: "inherit", label: "Use session prompt" },
  { value: "append", label: "Add to it" },
  { value: "replace", label: "Replace it" },
] as const;
const CHOICES_OF_MANY = [...CHOICES, { value: "each", label: "One for each" }] as const;

/** The prompt of one image or of several: the session's, with words added, or words of its own. */
export function OwnPromptDialog({
  rows,
  sessionPrompt,
  builtIn,
  onSave,
  onSaveEach,
  onClose,
}: OwnPromptDialogProps) {
  const [own, setOwn] = useOwnPrompt(rows);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const { mode, prompt } = own;
  const [column, setColumn] = useState<string | null>(null);
  const paired = column === null ? null : pairPrompts(column, rows);
  const effective = effectivePrompt({ session: sessionPrompt, mode, own: prompt });
  const what = rows.length === 1 ? `"${rows[0]?.name}"` : plural(rows.length, "image");
  const tooLong = (paired?.pairs ?? [own]).some((one) => one.prompt.length > MAX_PROMPT_CHARS);
  const isReady = !tooLong && (!paired || (paired.pairs.length > 0 && paired.problem === null));
  async function save() {
    if (pending || !isReady) return;
    setPending(true);
    const refused = await (paired ? onSaveEach(paired.pairs) : onSave(own));
    setPending(false);
    if (refused) setError(refused);
    else onClose();
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="medium"
      title={`Prompt for ${what}`}
      actions={
        <>
          <Button look="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" pending={pending} disabled={!isReady} onClick={save}>
            {rows.length === 1 ? "Set prompt" : `Set prompt for ${paired?.pairs.length ?? rows.length}`}
          </Button>
        </>
      }
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
      }}
    >
      <div className="flex flex-col gap-4">
        <ToggleGroup
          label="Which prompt"
          value={paired ? "each" : mode}
          choices={rows.length > 1 ? CHOICES_OF_MANY : CHOICES}
          onChange={(next) => {
            setColumn(next === "each" ? (column ?? "") : null);
            if (next !== "each") setOwn({ ...own, mode: next });
          }}
          className="max-sm:flex-col"
        />
        {paired && (
          <Field
            label="One prompt a line"
            hint={`In the order of the list: ${countWords(paired.pairs.length)} of ${plural(rows.length, "image")}. Or paste two columns from a sheet, file names first. Text files dropped beside images, cat.txt for cat.jpg, do the same.`}
            error={error ?? paired.problem}
          >
            {(wiring) => (
              <Textarea
                {...wiring}
                data-autofocus
                rows={8}
                value={column ?? ""}
                onChange={(event) => setColumn(event.target.value)}
                className="max-h-[50dvh] whitespace-pre"
              />
            )}
          </Field>
        )}
        {!paired && mode !== "inherit" && (
          <Field
            label={mode === "append" ? "Added to the session prompt" : "Instead of the session prompt"}
            error={error}
          >
            {(wiring) => (
              <Textarea
                {...wiring}
                data-autofocus
                value={prompt}
                onChange={(event) => setOwn({ ...own, prompt: event.target.value })}
              />
            )}
          </Field>
        )}
        {!paired && <UsedPrompt prompt={effective} builtIn={builtIn} />}
        {!paired && mode === "inherit" && error && <p className="text-dense text-err">{error}</p>}
      </div>
    </Dialog>
  );
}

function UsedPrompt({ prompt, builtIn }: { prompt: string; builtIn: boolean }) {
  const plan = usePlan(prompt, { builtIn });
  return (
    <>
      <div className="rounded-control bg-sunken p-3">
        <p className="mb-1 text-ink-3 text-pill">Prompt that is used</p>
        <p className="whitespace-pre-wrap text-dense">{prompt || "None yet: the session prompt is empty."}</p>
      </div>
      <PromptReading notes={plan.notes} />
    </>
  );
}

/** Starts with what the rows have in common; a long prompt of a single row comes whole from the server. */
function useOwnPrompt(rows: readonly InputRow[]) {
  const [first] = rows;
  const same = rows.every(
    (row) => row.promptMode === first?.promptMode && row.promptStart === first.promptStart,
  );
  const start = first && same ? { mode: first.promptMode, prompt: first.promptStart } : null;
  const [own, setOwn] = useState<OwnPrompt>(() => {
    if (!start || start.mode === "inherit") return { mode: "append", prompt: start?.prompt ?? "" };
    return start;
  });
  const wholeId = first && same && first.promptStart.length >= 200 ? first.id : null;
  useEffect(() => {
    if (!wholeId) return;
    const abort = new AbortController();
    fetch(`/api/inputs/${wholeId}`, { signal: abort.signal })
      .then(async (answer) => {
        if (!answer.ok) return;
        const details: InputDetails = await answer.json();
        setOwn({ mode: details.promptMode, prompt: details.prompt });
      })
      .catch(() => {});
    return () => abort.abort();
  }, [wholeId]);
  return [own, setOwn] as const;
}
