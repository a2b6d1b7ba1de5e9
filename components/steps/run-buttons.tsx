"use client";

import { Play } from "lucide-react";
import { Button } from "@/components/ui/button";
import { formatMoneyRange } from "@/lib/money";
import type { ChainRun, RunPlan } from "@/lib/steps/types";
import type { ChainRuns } from "./use-chain-runs";
import { useRunPlan } from "./use-run-plan";

type RunButtonsProps = {
  stepId: string;
  enabled: boolean;
  sessionId: string;
  runs: ChainRuns;
  /** Changes with all that a plan depends on; null: a run costs nothing, or nothing is known yet. */
  version: string | null;
};

/** Runs of one step. What they cost stands on them, where they cost something. */
export function RunButtons({ stepId, enabled, sessionId, runs, version }: RunButtonsProps) {
  const step = { kind: "step", stepId } as const;
  const from = { kind: "from", stepId } as const;
  const stepPlan = useRunPlan(sessionId, step, version);
  const fromPlan = useRunPlan(sessionId, from, version);
  const why = (run: ChainRun) => (enabled ? runs.off(run) : "This step is disabled. Enable it to run it.");
  const words = why(step) ?? why(from);
  const button = (run: ChainRun, label: string, plan: RunPlan | null, keys: string) => (
    <Button
      size="small"
      icon={<Play aria-hidden />}
      title={keys}
      pending={isSame(runs.pending, run)}
      disabled={why(run) !== null}
      aria-describedby={why(run) ? "step-run-words" : undefined}
      onClick={() => void runs.run(run)}
    >
      {`${label}${costWords(plan)}`}
    </Button>
  );
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap gap-2">
        {button(step, "Run this step", stepPlan, "Ctrl ↵")}
        {button(from, "Run from here", fromPlan, "Shift Ctrl ↵")}
      </div>
      {words && (
        <p id="step-run-words" className="text-ink-2 text-pill">
          {words}
        </p>
      )}
    </div>
  );
}

function costWords(plan: RunPlan | null): string {
  return plan && plan.price.max > 0 ? ` · ${formatMoneyRange(plan.price)}` : "";
}

function isSame(a: ChainRun | null, b: ChainRun): boolean {
  if (a === null || a.kind === "all" || b.kind === "all") return false;
  return a.kind === b.kind && a.stepId === b.stepId;
}
