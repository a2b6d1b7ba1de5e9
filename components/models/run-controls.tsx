"use client";

import { useId } from "react";
import { Field } from "@/components/ui/field";
import { Fold } from "@/components/ui/fold";
import { Switch } from "@/components/ui/switch";
import { ToggleGroup } from "@/components/ui/toggle-group";
import type { SessionSettings } from "@/lib/sessions/types";
import { OptionalNumber } from "./optional-number";

type RunControlsProps = {
  settings: SessionSettings;
  /** Calls cost money. */
  paid: boolean;
  onChange: (change: Partial<SessionSettings>) => void;
};

const UNKNOWN = [
  { value: "repeat", label: "Try once more" },
  { value: "ask", label: "Ask me" },
] as const;
const PRACTICE = [
  { value: "off", label: "Off" },
  { value: "some", label: "Some" },
  { value: "many", label: "Many" },
] as const;
const PRACTICE_WORDS: Record<SessionSettings["practice"], string> = {
  off: "Rehearse a provider's bad days for free: rate limits, outages, lost answers, blocked images, wrong sizes.",
  some: "One image in ten meets a rehearsed trouble: a rate limit, an outage, a lost answer, a block or a wrong size.",
  many: "One image in three meets a rehearsed trouble: a rate limit, an outage, a lost answer, a block or a wrong size.",
};

/** How a run goes about it: how many at once, what it uses again, what it does when nobody knows. */
export function RunControls({ settings, paid, onChange }: RunControlsProps) {
  const { parallel, reuse, whenUnknown, practice, connection } = settings;
  const id = useId();
  return (
    <Fold label="How it runs" facts={runFacts(settings, paid)}>
      <OptionalNumber
        label="Images at the same time"
        empty="As many as allowed"
        hint="1 makes them strictly one after the other."
        value={parallel}
        min={1}
        max={256}
        onChange={(next) => onChange({ parallel: next })}
      />
      {paid && (
        <>
          <Field
            label="Use earlier results"
            hint="The same image, prompt and settings made before are taken again and cost nothing."
          >
            {(wiring) => (
              <Switch {...wiring} checked={reuse} onChange={(next) => onChange({ reuse: next })} />
            )}
          </Field>
          <div className="flex flex-col gap-1.5">
            <p className="font-medium text-dense">When nobody knows whether a call was charged</p>
            <ToggleGroup
              label="When nobody knows whether a call was charged"
              value={whenUnknown}
              choices={UNKNOWN}
              onChange={(next) => onChange({ whenUnknown: next })}
            />
            <p className="text-ink-3 text-pill">
              An answer got lost on its way. Either way the call counts against your stop.
            </p>
          </div>
        </>
      )}
      {connection === "studio" && (
        <div className="flex flex-col gap-1.5">
          <p className="font-medium text-dense">Practice</p>
          <ToggleGroup
            label="Practice"
            value={practice}
            choices={PRACTICE}
            onChange={(next) => onChange({ practice: next })}
          />
          <p id={id} className="text-ink-3 text-pill">
            {PRACTICE_WORDS[practice]}
          </p>
        </div>
      )}
    </Fold>
  );
}

function runFacts({ parallel, reuse, whenUnknown, practice, connection }: SessionSettings, paid: boolean) {
  const facts = [
    parallel === null
      ? "as many at once as allowed"
      : parallel === 1
        ? "one at a time"
        : `${parallel} at once`,
    paid && !reuse && "everything made anew",
    paid && whenUnknown === "ask" && "asks when unsure",
    connection === "studio" && practice !== "off" && `practice: ${practice}`,
  ];
  return facts.filter(Boolean).join(", ");
}
