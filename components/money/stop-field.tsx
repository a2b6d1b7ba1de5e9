"use client";

import { useEffect, useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { Field } from "@/components/ui/field";
import { formatMoney, parseMoney } from "@/lib/money";
import { setBudgetAction } from "@/lib/sessions/actions";
import { amountText } from "./amount-text";
import { MoneyInput } from "./money-input";

type StopFieldProps = {
  sessionId: string;
  /** Micro-dollars; null: no stop. */
  budget: number | null;
  onSaved: () => void;
};

const WAIT_MS = 600;

/** Where the run stops by itself. Saved a moment after the last key, like the rest of a draft. */
export function StopField({ sessionId, budget, onSaved }: StopFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const text = typed ?? amountText(budget);
  const next = text.trim() === "" ? null : parseMoney(text);
  const wrong = text.trim() !== "" && next === null;
  const isNew = typed !== null && !wrong && next !== budget;
  useEffect(() => {
    if (!isNew) return;
    const timer = setTimeout(async () => {
      const result = await answered(setBudgetAction({ sessionId, budget: next }));
      setRefused(result.ok ? null : result.words);
      if (result.ok) onSaved();
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [isNew, next, sessionId, onSaved]);
  return (
    <Field
      label="Stop at"
      error={wrong ? `Write an amount, 60 or 12.50. ${stayWords(budget)}` : refused}
      className="flex-row flex-wrap items-center gap-x-2"
    >
      {(wiring) => (
        <MoneyInput
          id={wiring.id}
          describedBy={wiring["aria-describedby"]}
          invalid={wrong}
          value={text}
          placeholder="no stop"
          onChange={setTyped}
          onBlur={() => !wrong && !isNew && setTyped(null)}
        />
      )}
    </Field>
  );
}

function stayWords(budget: number | null): string {
  return budget === null ? "Until then there is no stop." : `${formatMoney(budget)} stays in force.`;
}
