"use client";

import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { KeptDraft } from "@/components/inputs/draft-keeper";
import { PromptPanel } from "@/components/prompts/prompt-panel";
import { Button } from "@/components/ui/button";
import { randomId } from "@/components/uploads/random-id";
import type { PricedChoice } from "@/lib/models/price-choices";
import type { PlanNote } from "@/lib/models/types";
import { addStep } from "@/lib/steps/edit-chain";
import type { DraftChain } from "./use-draft-chain";

// Most bulk sessions have one step.
const DraftSteps = dynamic(() => import("./draft-steps").then((code) => code.DraftSteps));

type DraftPromptProps = {
  draft: KeptDraft;
  notes: readonly PlanNote[];
  builtIn: boolean;
  choices: readonly PricedChoice[];
  steps: DraftChain;
  onPrompt: (prompt: string) => void;
};

/** The prompt of a bulk draft, and the steps that follow it. */
export function DraftPrompt({ draft, notes, builtIn, choices, steps, onPrompt }: DraftPromptProps) {
  const { keeper, chain, usesPrompt } = steps;
  const [added, setAdded] = useState<string | null>(null);
  const isChain = chain.steps.length > 1 || !usesPrompt;
  function addSecond() {
    const id = randomId();
    keeper.change({ steps: addStep(chain.steps, { id }).chain });
    setAdded(id);
  }
  return (
    <>
      {usesPrompt && (
        <PromptPanel prompt={draft.prompt} notes={notes} builtIn={builtIn} onChange={onPrompt} />
      )}
      {isChain ? (
        <DraftSteps draft={draft} choices={choices} steps={steps} start={added} />
      ) : (
        <div className="flex flex-col gap-1.5">
          <Button size="small" icon={<Plus aria-hidden />} className="self-start" onClick={addSecond}>
            Add step
          </Button>
          <p className="text-ink-3 text-pill">
            Every result goes on into the next step: up to 7, each with its own prompt.
          </p>
        </div>
      )}
    </>
  );
}
