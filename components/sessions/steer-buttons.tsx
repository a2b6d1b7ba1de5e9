"use client";

import { Pause, Play } from "lucide-react";
import { useState } from "react";
import { batchCount, openBatches } from "@/components/batches/batch-words";
import { useEconomy } from "@/components/batches/use-economy";
import { answered } from "@/components/items/use-item-actions";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { formatMoney } from "@/lib/money";
import type { Result } from "@/lib/result";
import { cancelSessionAction, pauseSessionAction, resumeSessionAction } from "@/lib/sessions/actions";
import { openItems } from "@/lib/sessions/status";
import type { SessionPulse } from "@/lib/sessions/wire";
import { countWords, plural } from "@/lib/words";
import { type LiveSession, useUnit } from "./use-session-feed";

type Steer = typeof pauseSessionAction;

/** Pause, resume and cancel of a run. */
export function SteerButtons({ live, pulse }: { live: LiveSession; pulse: SessionPulse }) {
  const [pending, setPending] = useState<Steer | null>(null);
  const [asking, setAsking] = useState(false);
  const toast = useToast();
  const unit = useUnit(live.store);
  const economy = useEconomy(live.store);
  if (pulse.state !== "running" && pulse.state !== "paused") return null;

  async function steer(action: Steer) {
    setPending(() => action);
    const result: Result<unknown> = await answered(action({ sessionId: live.store.sessionId }));
    if (!result.ok) toast.show({ tone: "error", text: result.words });
    live.poke();
    setPending(null);
    setAsking(false);
  }
  const paused = pulse.state === "paused";
  const batches = openBatches(pulse.batches);
  // At its stop a run goes on with a higher one, which is asked for below; Resume alone would stop again.
  const atStop = paused && pulse.pauseReason === "budget";
  return (
    <>
      {paused && !atStop && (
        <Button
          look="primary"
          icon={<Play aria-hidden />}
          pending={pending === resumeSessionAction}
          onClick={() => steer(resumeSessionAction)}
        >
          Resume
        </Button>
      )}
      {!paused && (
        <Button
          icon={<Pause aria-hidden />}
          title={batches.length > 0 ? "Nothing new is sent. Batches at the provider go on." : undefined}
          pending={pending === pauseSessionAction}
          onClick={() => steer(pauseSessionAction)}
        >
          Pause
        </Button>
      )}
      <Button look="ghost" onClick={() => setAsking(true)}>
        Cancel
      </Button>
      <CancelDialog
        open={asking}
        onOpenChange={setAsking}
        pulse={pulse}
        unit={unit}
        inBatches={economy.inBatches + economy.leaving}
        pending={pending === cancelSessionAction}
        onCancel={() => steer(cancelSessionAction)}
      />
    </>
  );
}

type CancelDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  pulse: SessionPulse;
  unit: string;
  /** Of those that run. */
  inBatches: number;
  pending: boolean;
  onCancel: () => void;
};

function CancelDialog({ open, onOpenChange, pulse, unit, inBatches, pending, onCancel }: CancelDialogProps) {
  const { counts, reserved } = pulse;
  const left = openItems(counts);
  const done = counts.completed + counts.reused;
  const cost = reserved > 0 ? `may cost up to ${formatMoney(reserved)}` : "";
  const charged = cost && ` and ${cost}`;
  const made = counts.running - inBatches;
  const batches = openBatches(pulse.batches);
  const calledOff =
    batches.length > 0
      ? ` ${batchCount(batches)} ${batches.length === 1 ? "is" : "are"} cancelled at the provider: what is made by then is kept and paid for${made === 0 && cost ? `, which ${cost}` : ""}.`
      : "";
  const running = made > 0 ? ` ${plural(made, unit)} being made now may still finish${charged}.` : "";
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Cancel ${plural(left, unit)}?`}
      description={`${plural(done, "result")} stay.${running}${calledOff} Cancelled ${unit}s can be retried later.`}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>Go on</Button>
          <Button look="primary" pending={pending} onClick={onCancel}>
            {`Cancel ${countWords(left)}`}
          </Button>
        </>
      }
    />
  );
}
