"use client";

import { ChevronRight, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useMemo, useState } from "react";
import type { KeptDraft } from "@/components/inputs/draft-keeper";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { PricedChoice } from "@/lib/models/price-choices";
import { MAX_STEPS } from "@/lib/steps/constants";
import { chainFrames } from "./chain-frames";
import { ConflictNotice } from "./serial-notices";
import { StepEditor } from "./step-editor";
import { countOfSteps } from "./step-words";
import { useChainEdits } from "./use-chain-edits";
import type { DraftChain } from "./use-draft-chain";
import { useStepSelection } from "./use-step-selection";

type DraftStepsProps = {
  draft: KeptDraft;
  choices: readonly PricedChoice[];
  steps: DraftChain;
  /** The step to begin with. */
  start: string | null;
};

/** The steps of a bulk draft, one below the other; the open one can be edited. */
export function DraftSteps({ draft, choices, steps: { keeper, chain }, start }: DraftStepsProps) {
  const router = useRouter();
  const edits = useChainEdits(keeper);
  const { steps } = chain;
  const frames = useMemo(
    () => chainFrames({ steps, sessionPrompt: draft.prompt, savedOrder: [], items: [] }),
    [steps, draft.prompt],
  );
  const { selectedId, select, write, promptField } = useStepSelection(
    frames,
    () => start ?? frames[1]?.step.id ?? null,
  );
  const [open, setOpen] = useState(true);
  const isFull = frames.length >= MAX_STEPS;
  useEffect(() => {
    if (start) write(start);
  }, [start, write]);
  function add() {
    const id = edits.add();
    if (id) write(id);
    setOpen(true);
  }
  const toggle = (id: string) => {
    setOpen(id !== selectedId || !open);
    select(id);
  };
  return (
    <section aria-labelledby="draft-steps" className="flex flex-col gap-2">
      <div className="flex items-baseline justify-between gap-3">
        <h2 id="draft-steps" className="font-semibold text-base">
          Steps
        </h2>
        <span className="edge-print">{countOfSteps(frames.length)}</span>
      </div>
      <ConflictNotice keeper={keeper} chain={chain} onTheirs={() => router.refresh()} />
      {chain.save.kind === "failed" && (
        <p role="alert" className="flex flex-wrap items-center gap-2 text-dense text-err">
          {`Steps not saved. ${chain.save.words} They are in this tab.`}
          <Button size="small" onClick={() => void keeper.flush()}>
            Retry
          </Button>
        </p>
      )}
      <ol className="flex flex-col divide-y divide-line rounded-control border border-line">
        {frames.map((frame) => {
          const isOpen = open && frame.step.id === selectedId;
          return (
            <li key={frame.step.id} className="flex flex-col">
              <button
                type="button"
                aria-expanded={isOpen}
                onClick={() => toggle(frame.step.id)}
                className="touch-target flex min-h-11 items-center gap-2 rounded-control px-2.5 py-1.5 text-left text-dense hover:bg-sunken"
              >
                <ChevronRight
                  className={cn("size-4 shrink-0 text-ink-3 transition-transform", isOpen && "rotate-90")}
                  aria-hidden
                />
                <span className={cn("min-w-0 flex-1", !frame.step.enabled && "text-ink-3")}>
                  <span className="block truncate">
                    <b className="font-semibold">{frame.place}</b> {frame.title}
                  </span>
                  <span className="edge-print block truncate text-ink-2">
                    {frame.step.enabled ? frame.input : "Disabled"}
                  </span>
                </span>
              </button>
              {isOpen && (
                <div className="border-line border-t bg-surface p-3">
                  <StepEditor
                    list
                    frame={frame}
                    frames={frames}
                    base={draft.settings}
                    choices={choices}
                    edits={edits}
                    promptField={promptField}
                    promptTrouble={null}
                    onSelect={select}
                  />
                </div>
              )}
            </li>
          );
        })}
      </ol>
      <Button size="small" icon={<Plus aria-hidden />} className="self-start" disabled={isFull} onClick={add}>
        {isFull ? "7 of 7 steps" : "Add step"}
      </Button>
    </section>
  );
}
