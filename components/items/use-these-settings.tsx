"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { randomId } from "@/components/uploads/random-id";
import type { DetailAttempt } from "@/lib/items/details";
import { createSessionAction } from "@/lib/sessions/actions";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { answered } from "./use-item-actions";

/** A new draft that is asked for the same: prompt, model, and all that was set. */
export function UseTheseSettings({ attempt }: { attempt: DetailAttempt }) {
  const router = useRouter();
  const toast = useToast();
  const [pending, setPending] = useState(false);
  async function use() {
    setPending(true);
    const { prompt, connection, model, settings, seed } = attempt;
    const provider = {
      ...(settings.provider ?? DEFAULT_SETTINGS.provider),
      ...(seed === null ? {} : { seed }),
    };
    const result = await answered(
      createSessionAction({
        intent: randomId(),
        prompt,
        settings: { ...DEFAULT_SETTINGS, connection, model, provider, output: settings.output },
      }),
    );
    if (result.ok) router.push(`/sessions/${result.value.id}`);
    else {
      toast.show({ tone: "error", text: result.words });
      setPending(false);
    }
  }
  return (
    <Button size="small" className="self-start" pending={pending} onClick={use}>
      Use these settings
    </Button>
  );
}
