"use client";

import { useEffect, useState } from "react";
import { laterWords, nowWords } from "@/components/money/estimate-words";
import { formatMoneyRange } from "@/lib/money";
import type { ChainRun, RunPlan } from "@/lib/steps/types";
import { plural } from "@/lib/words";

const CALM_MS = 300;

/** What a run would make and cost, asked for again when `version` changes. Null as a version: not known, not asked. */
export function useRunPlan(sessionId: string, run: ChainRun | null, version: string | null): RunPlan | null {
  const [plan, setPlan] = useState<{ key: string; plan: RunPlan } | null>(null);
  const query =
    run && new URLSearchParams({ run: run.kind, ...(run.kind === "all" ? {} : { stepId: run.stepId }) });
  const key = query && version !== null ? `${sessionId}?${query} ${version}` : null;
  const address = query && `/api/sessions/${sessionId}/run-plan?${query}`;
  useEffect(() => {
    if (key === null || address === null) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await ask(address, abort.signal);
      if (answer && !abort.signal.aborted) setPlan({ key, plan: answer });
    }, CALM_MS);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [key, address]);
  return plan && plan.key === key ? plan.plan : null;
}

/** Null when no answer came: the run itself says what is wrong. */
async function ask(address: string, signal: AbortSignal): Promise<RunPlan | null> {
  try {
    const response = await fetch(address, { signal });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/**
 * "3 steps · about $0.12", "2 steps · free", or that nothing would run; in the half-price lane
 * "1 step · about $0.060 · within 24 hours. Now it would cost about $0.12."
 */
export function planWords({ steps, items, price, later }: RunPlan): string {
  if (items === 0) return "Everything is up to date.";
  const words = `${plural(steps.length, "step")} · ${price.max === 0 ? "free" : formatMoneyRange(price)}`;
  const now = nowWords({ price, later });
  return now ? `${words} · ${laterWords(later)}. ${now}` : words;
}
