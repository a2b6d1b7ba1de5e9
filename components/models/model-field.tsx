"use client";

import { TriangleAlert } from "lucide-react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { PricedChoice } from "@/lib/models/price-choices";
import { formatMoneyRange } from "@/lib/money";
import type { SessionSettings } from "@/lib/sessions/types";
import { choiceOf } from "./use-entered";

type ModelFieldProps = {
  settings: Pick<SessionSettings, "connection" | "model">;
  choices: readonly PricedChoice[];
  onChange: (choice: Pick<SessionSettings, "connection" | "model">) => void;
};

/** Which model, and which way to it. */
export function ModelField({ settings, choices, onChange }: ModelFieldProps) {
  const chosen = choiceOf(choices, settings);
  return (
    <Field
      label="Model"
      hint={chosen && hintOf(chosen)}
      error={chosen ? null : "The model of this draft is not here any more. Choose another one."}
    >
      {(wiring) => (
        <>
          <Select
            id={wiring.id}
            value={keyOf(settings)}
            placeholder="Choose a model"
            options={choices.map((choice) => ({
              value: keyOf(choice),
              label: choice.label,
              group: choice.connectionLabel,
              detail: detailOf(choice),
            }))}
            onChange={(key) => {
              const choice = choices.find((one) => keyOf(one) === key);
              if (choice) onChange({ connection: choice.connection, model: choice.model });
            }}
          />
          {chosen?.warning && (
            <p className="flex gap-1.5 text-pill text-warn">
              <TriangleAlert className="mt-px size-3.5 shrink-0" aria-hidden />
              {sentence(chosen.warning)}
            </p>
          )}
        </>
      )}
    </Field>
  );
}

function keyOf({ connection, model }: Pick<SessionSettings, "connection" | "model">): string {
  return `${connection}/${model}`;
}

function detailOf({ price, warning }: PricedChoice): string {
  const cost = price === null ? "free" : formatMoneyRange(price);
  return warning ? `${cost} · ${warning}` : cost;
}

function hintOf({ connection, connectionLabel, price }: PricedChoice): string {
  if (connection === "studio") return "Runs on this machine, costs nothing.";
  return price === null
    ? `${connectionLabel}: costs nothing here.`
    : `${connectionLabel}: paid for each image.`;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1).replace(/\.$/, "")}.`;
}
