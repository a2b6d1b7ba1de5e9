"use client";

import { type FormEvent, useState, useTransition } from "react";
import { answered } from "@/components/items/use-item-actions";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { formatMoney } from "@/lib/money";
import { setMonthlyBudgetAction } from "@/lib/usage/actions";
import { plural } from "@/lib/words";

type BudgetFormProps = {
  /** Micro-dollars. */
  own: number | null;
  installation: number | null;
};

/** "Stop at $60 a month". Nothing typed: no stop of one's own. */
export function BudgetForm({ own, installation }: BudgetFormProps) {
  const [amount, setAmount] = useState(own === null ? "" : typed(own));
  const [error, setError] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const toast = useToast();

  function save(event: FormEvent) {
    event.preventDefault();
    startTransition(async () => {
      const result = await answered(setMonthlyBudgetAction({ amount }));
      setError(result.ok ? null : result.words);
      if (result.ok) toast.show({ text: savedWords(result.value) });
    });
  }
  return (
    <form onSubmit={save} className="basis-72">
      <Field label="Stop at" hint={hintOf(installation)} error={error}>
        {(wiring) => (
          <div className="flex items-center gap-2">
            <span aria-hidden className="text-ink-2">
              $
            </span>
            <Input
              {...wiring}
              inputMode="decimal"
              autoComplete="off"
              maxLength={40}
              placeholder="no stop"
              value={amount}
              onChange={(event) => setAmount(event.target.value)}
              className="w-24"
            />
            <span aria-hidden className="text-ink-2">
              a month
            </span>
            <Button type="submit" pending={pending}>
              Save
            </Button>
          </div>
        )}
      </Field>
    </form>
  );
}

function hintOf(installation: number | null): string {
  const without = installation === null ? "there is no stop" : `it stops at ${formatMoney(installation)}`;
  return `US dollars in a calendar month (UTC). Left empty, ${without}.`;
}

function savedWords({ cap, resumed }: { cap: number | null; resumed: number }): string {
  const saved = cap === null ? "No stop by month." : `A month stops at ${formatMoney(cap)}.`;
  if (resumed === 0) return saved;
  return `${saved} ${plural(resumed, "session goes", "sessions go")} on.`;
}

/** As one types it: 60, 60.5. */
function typed(microDollars: number): string {
  return String(microDollars / 1_000_000);
}
