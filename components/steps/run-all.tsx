"use client";

import { Play } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { RunPlan } from "@/lib/steps/types";
import type { ChainRuns } from "./use-chain-runs";
import { planWords } from "./use-run-plan";

const ALL = { kind: "all" } as const;

type RunAllProps = {
  runs: ChainRuns;
  /** Null while it is not known. */
  plan: RunPlan | null;
  /** Goes to what speaks against it. */
  onTrouble: () => void;
  running: boolean;
};

/** All that is missing, failed or out of date: how many steps, and what they cost. */
export function RunAll({ runs, plan, onTrouble, running }: RunAllProps) {
  const off = runs.off(ALL);
  const nothing = plan?.items === 0;
  const words = off ?? (plan && !(nothing && running) ? planWords(plan) : "");
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
      {off ? (
        <button
          type="button"
          id="run-all-words"
          onClick={onTrouble}
          className="min-h-8 text-right text-dense text-ink-2 hover:text-ink hover:underline"
        >
          {words}
        </button>
      ) : (
        <p id="run-all-words" role="status" className="text-dense text-ink-2">
          {words}
        </p>
      )}
      <Button
        look="primary"
        icon={<Play aria-hidden />}
        pending={runs.pending?.kind === "all"}
        disabled={off !== null || nothing}
        aria-describedby="run-all-words"
        onClick={() => void runs.run(ALL)}
      >
        Run all
      </Button>
    </div>
  );
}
