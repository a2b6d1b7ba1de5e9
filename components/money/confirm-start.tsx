"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formatMoney, formatMoneyRange } from "@/lib/money";
import type { EstimateAnswer } from "@/lib/sessions/wire";
import { countWords, plural } from "@/lib/words";

type ConfirmStartProps = {
  estimate: EstimateAnswer;
  /** The session's stop, micro-dollars; null: none. */
  budget: number | null;
  onStart: () => void;
  onClose: () => void;
};

/** Count, cost and stop once more, before much money is on its way. */
export function ConfirmStart({ estimate, budget, onStart, onClose }: ConfirmStartProps) {
  const { items, reused, price, warnings, later } = estimate;
  const paidFor = items - reused;
  const unusual = warnings.find(({ kind }) => kind === "unusual");
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Start ${plural(items, "image")} for ${formatMoneyRange(price)}?`}
      description={[
        reused > 0 && `${plural(reused, "result")} are used again; ${countWords(paidFor)} are paid for.`,
        unusual?.words,
        budget === null
          ? "There is no stop: the run goes on to the last image."
          : `The run pauses at ${formatMoney(budget)}.`,
        later.items > 0
          ? "Pause works at any time; batches at the provider go on and are charged."
          : "Pause works at any time; images at the provider finish and are charged.",
      ]
        .filter(Boolean)
        .join(" ")}
      actions={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button look="primary" onClick={onStart}>
            {`Start ${countWords(items)}`}
          </Button>
        </>
      }
    />
  );
}
