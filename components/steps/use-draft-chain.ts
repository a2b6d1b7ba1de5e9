"use client";

import { type Readiness, type StartFacts, startReadiness } from "@/components/inputs/start-readiness";
import { choiceOf } from "@/components/models/use-entered";
import type { LiveSession } from "@/components/sessions/use-session-feed";
import type { PricedChoice } from "@/lib/models/price-choices";
import type { SessionSettings } from "@/lib/sessions/types";
import type { SessionView } from "@/lib/sessions/wire";
import type { ChainKeeper, KeptChain } from "./chain-keeper";
import { chainTrouble } from "./chain-trouble";
import { effectiveSettings } from "./own-settings";
import { useChain } from "./use-chain";

export type DraftChain = {
  keeper: ChainKeeper;
  chain: KeptChain;
  /** A step uses the prompt of the session. */
  usesPrompt: boolean;
  /** Whether the draft may start, its steps included. */
  readiness: (facts: StartFacts) => Readiness;
  /** Starts once the steps are saved; words when they could not be. */
  saved: (start: () => Promise<string | null>) => Promise<string | null>;
};

type Given = {
  view: SessionView;
  live: LiveSession;
  settings: SessionSettings;
  choices: readonly PricedChoice[];
};

const UNSAVED = "Not started: the steps could not be saved first. Your edits are in this tab.";

/** The steps of a bulk draft: usually one, whose prompt is the session's. */
export function useDraftChain({ view, live, settings, choices }: Given): DraftChain {
  const { keeper, chain } = useChain(view, live);
  const { steps } = chain;
  const usesPrompt = steps.some(({ prompt }) => prompt === null);
  const trouble = chainTrouble({
    steps,
    run: { kind: "all" },
    isModelThere: (step) => choiceOf(choices, effectiveSettings(settings, step.settings)) !== undefined,
  });
  return {
    keeper,
    chain,
    usesPrompt,
    readiness(facts) {
      const readiness = startReadiness(facts);
      if (readiness.kind === "blocked" || !trouble || steps.length === 1) return readiness;
      return { kind: "blocked", words: trouble.words };
    },
    async saved(start) {
      return (await keeper.flush()) ? start() : (keeper.get().conflict ?? UNSAVED);
    },
  };
}
