"use client";

import { useState } from "react";
import { fitSettings } from "@/lib/models/fit-settings";
import type { PricedChoice } from "@/lib/models/price-choices";
import type { SessionSettings } from "@/lib/sessions/types";

/** The choice that settings name; undefined when it is gone. */
export function choiceOf(
  choices: readonly PricedChoice[],
  { connection, model }: Pick<SessionSettings, "connection" | "model">,
): PricedChoice | undefined {
  return choices.find((choice) => choice.connection === connection && choice.model === model);
}

/**
 * Changes settings and keeps what was entered for a model that took it, so that switching there and back loses
 * nothing. What is handed on is always what the chosen model takes.
 */
export function useEntered({
  settings,
  choices,
  onChange,
}: {
  settings: SessionSettings;
  choices: readonly PricedChoice[];
  onChange: (settings: SessionSettings) => void;
}): (change: Partial<SessionSettings>) => void {
  const [entered, setEntered] = useState(settings);
  return (change) => {
    const next = { ...entered, ...change };
    const choice = choiceOf(choices, next);
    setEntered(next);
    onChange(choice ? fitSettings(next, choice.capabilities) : next);
  };
}
