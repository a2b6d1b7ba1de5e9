"use client";

import dynamic from "next/dynamic";
import { useId, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { Textarea } from "@/components/ui/input";
import type { PlanNote } from "@/lib/models/types";
import { MAX_PROMPT_CHARS } from "@/lib/prompts/constants";
import { countWords, plural } from "@/lib/words";
import { PROMPT_EXAMPLES } from "./examples";
import { PromptReading } from "./prompt-reading";
import { SNIPPET_KEYS, Snippets } from "./snippets";
import { usePromptHistory } from "./use-prompt-history";
import { useTypedEarly } from "./use-typed-early";

const Abilities = dynamic(() => import("./abilities").then((code) => code.Abilities));

type PromptPanelProps = {
  prompt: string;
  notes: readonly PlanNote[];
  /** The built-in model does the work: what it can do is listed. */
  builtIn: boolean;
  onChange: (prompt: string) => void;
};

/** The one prompt for all images. */
export function PromptPanel({ prompt, notes, builtIn, onChange }: PromptPanelProps) {
  const id = useId();
  const over = prompt.length > MAX_PROMPT_CHARS;
  const field = useRef<HTMLTextAreaElement>(null);
  const onHistoryKey = usePromptHistory(prompt, onChange);
  useTypedEarly(field, prompt, onChange);
  return (
    <section aria-labelledby={`${id}-title`} className="flex flex-col gap-3">
      <div className="flex items-baseline justify-between gap-3">
        <h2 id={`${id}-title`} className="font-semibold text-base">
          <label htmlFor={id}>Prompt</label>
        </h2>
        <span className={cn("edge-print", over && "text-err")}>
          {plural(prompt.length, "character")}
          {over && ` of ${countWords(MAX_PROMPT_CHARS)}`}
        </span>
      </div>
      <Textarea
        ref={field}
        id={id}
        value={prompt}
        rows={5}
        aria-describedby={`${id}-hint`}
        aria-invalid={over || undefined}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onHistoryKey}
        aria-keyshortcuts={`Alt+ArrowUp Alt+ArrowDown ${SNIPPET_KEYS}`}
        placeholder="What should happen to every image"
        className="field-sizing-content max-h-80 min-h-28"
      />
      <div className="-mt-1 flex items-start justify-between gap-2">
        <p id={`${id}-hint`} className={cn("text-pill", over ? "text-err" : "text-ink-3")}>
          {over
            ? `Your text is kept. Shorten it by ${countWords(prompt.length - MAX_PROMPT_CHARS)} characters to save it.`
            : "One prompt for all images. Any image can add to it or have its own."}
        </p>
        <Snippets field={field} prompt={prompt} onChange={onChange} />
      </div>
      <PromptReading notes={notes} />
      <div className="flex flex-col gap-1">
        <p className="text-ink-3 text-pill">Examples</p>
        {PROMPT_EXAMPLES.map((example) => (
          <button
            key={example}
            type="button"
            onClick={() => onChange(example)}
            aria-pressed={prompt === example}
            className="touch-target rounded-control border border-line px-3 py-1.5 text-left text-dense text-ink-2 transition-colors hover:border-line-strong hover:text-ink aria-pressed:border-ink aria-pressed:text-ink"
          >
            {example}
          </button>
        ))}
      </div>
      {builtIn && <Abilities />}
    </section>
  );
}
