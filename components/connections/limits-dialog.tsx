"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { learnLimitsAction, setLimitsAction } from "@/lib/connections/actions";
import type { ConnectionView } from "@/lib/connections/types";
import type { Result } from "@/lib/result";

type LimitsDialogProps = { connection: ConnectionView; onClose: () => void };

/** One's own numbers for a connection, or back to those it learns by itself. */
export function LimitsDialog({ connection, onClose }: LimitsDialogProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState<"save" | "learn" | null>(null);
  const formId = useId();
  const router = useRouter();
  const { key, label, limits, fixedLimits } = connection;
  // What the environment says is not learned; everything else may be out of date by now.
  const mayLearn =
    limits.rateSource !== "default" && !(limits.rateSource === "set" && fixedLimits.imagesPerMinute);

  async function settle(which: "save" | "learn", asked: Promise<Result>) {
    if (pending) return;
    setPending(which);
    const result = await answered(asked);
    setPending(null);
    if (!result.ok) return setProblem(result.words);
    router.refresh();
    onClose();
  }
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const entries = new FormData(event.currentTarget);
    void settle("save", setLimitsAction({ key, ...numbersOf(entries, limits) }));
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Limits of “${label}”`}
      description="Images wait for a free slot and never fail because of it. When the provider names a lower number, that one counts."
      size="medium"
      actions={
        <>
          {mayLearn && (
            <Button
              look="ghost"
              className="sm:mr-auto"
              pending={pending === "learn"}
              onClick={() => settle("learn", learnLimitsAction({ key }))}
            >
              Learn by itself again
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} look="primary" pending={pending === "save"}>
            Save limits
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
        <NumberFields connection={connection} />
        <p role="alert" className={problem ? "text-dense text-err" : "sr-only"}>
          {problem}
        </p>
      </form>
    </Dialog>
  );
}

function numbersOf(
  entries: FormData,
  { imagesPerMinute, requestsPerMinute, maxInFlight }: ConnectionView["limits"],
) {
  const read = (name: string, before: number | null) => {
    // A field that the environment decides is disabled, and so is not sent.
    if (!entries.has(name)) return before;
    const text = String(entries.get(name)).trim().replace(",", ".");
    return text === "" ? null : Number(text);
  };
  return {
    imagesPerMinute: read("imagesPerMinute", imagesPerMinute),
    requestsPerMinute: read("requestsPerMinute", requestsPerMinute),
    maxInFlight: read("maxInFlight", maxInFlight) ?? 0,
  };
}

function NumberFields({ connection: { limits, fixedLimits } }: { connection: ConnectionView }) {
  const fields = [
    {
      name: "imagesPerMinute",
      label: "Images a minute",
      hint: "Empty: not limited",
      value: limits.imagesPerMinute,
      fixedBy: fixedLimits.imagesPerMinute ? "OPENAI_IMAGES_PER_MINUTE" : null,
    },
    {
      name: "requestsPerMinute",
      label: "Requests a minute",
      hint: "Empty: not limited",
      value: limits.requestsPerMinute,
      fixedBy: fixedLimits.requestsPerMinute ? "OPENAI_REQUESTS_PER_MINUTE" : null,
    },
    {
      name: "maxInFlight",
      label: "At the same time, at most",
      hint: "1 to 256",
      value: limits.maxInFlight,
      fixedBy: fixedLimits.maxInFlight ? "OPENAI_IN_FLIGHT" : null,
    },
  ];
  return fields.map(({ name, label, hint, value, fixedBy }) => (
    <Field key={name} label={label} hint={fixedBy ? `The environment decides (${fixedBy})` : hint}>
      {(wiring) => (
        <Input
          {...wiring}
          name={name}
          inputMode="decimal"
          defaultValue={value === null ? "" : String(Math.round(value * 10) / 10)}
          disabled={fixedBy !== null}
          autoComplete="off"
          className="max-w-40"
        />
      )}
    </Field>
  ));
}
