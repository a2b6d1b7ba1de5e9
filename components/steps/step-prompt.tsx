"use client";

import { CircleAlert } from "lucide-react";
import dynamic from "next/dynamic";
import { type RefObject, useId } from "react";
import { usePlan } from "@/components/models/use-plan";
import { PromptReading } from "@/components/prompts/prompt-reading";
import { SNIPPET_KEYS, Snippets } from "@/components/prompts/snippets";
import { usePromptHistory } from "@/components/prompts/use-prompt-history";
import { useTypedEarly } from "@/components/prompts/use-typed-early";
import { cn } from "@/components/ui/cn";
import { Textarea } from "@/components/ui/input";
import { MAX_PROMPT_CHARS } from "@/lib/prompts/constants";
import { plural } from "@/lib/words";

const Abilities = dynamic(() => import("@/components/prompts/abilities").then((code) => code.Abilities));

/** One click away from an empty step. */
const STEP_EXAMPLES = [
  "Turn the mattress red",
  "Close-up of the subject",
  "Studio backdrop, square 1200",
] as const;

type StepPromptProps = {
  place: number;
  prompt: string;
  builtIn: boolean;
  /** Why it can't run like this, beside the field; null: it can, or nobody asked for it. */
  trouble: string | null;
  field: RefObject<HTMLTextAreaElement | null>;
  onChange: (prompt: string) => void;
};

/** What a step does, and how the built-in model reads it. */
export function StepPrompt({ place, prompt, builtIn, trouble, field, onChange }: StepPromptProps) {
  const id = useId();
  const { notes } = usePlan(prompt, { builtIn });
  const onHistoryKey = usePromptHistory(prompt, onChange);
  useTypedEarly(field, prompt, onChange);
  const over = prompt.length > MAX_PROMPT_CHARS;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="font-medium text-dense">
          Prompt
        </label>
        <span className={cn("edge-print", over && "text-err")}>{plural(prompt.length, "character")}</span>
      </div>
      <Textarea
        ref={field}
        id={id}
        value={prompt}
        rows={3}
        aria-describedby={trouble ? `${id}-trouble` : undefined}
        aria-invalid={trouble || over ? true : undefined}
        aria-keyshortcuts={`Alt+ArrowUp Alt+ArrowDown ${SNIPPET_KEYS}`}
        placeholder={`What step ${place} does`}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onHistoryKey}
        className="field-sizing-content max-h-64 min-h-20"
      />
      <div className="-mt-1 flex items-start justify-between gap-2">
        <p id={`${id}-trouble`} className="flex gap-1.5 text-err text-pill">
          {trouble && <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden />}
          {trouble}
        </p>
        <Snippets field={field} prompt={prompt} onChange={onChange} />
      </div>
      <PromptReading notes={notes} />
      {prompt.trim() === "" && (
        <div className="flex flex-wrap gap-1.5">
          {STEP_EXAMPLES.map((example) => (
            <button
              key={example}
              type="button"
              onClick={() => onChange(example)}
              className="touch-target rounded-control border border-line px-2.5 py-1 text-left text-dense text-ink-2 hover:border-line-strong hover:text-ink"
            >
              {example}
            </button>
          ))}
        </div>
      )}
      {builtIn && <Abilities />}
    </div>
  );
}
