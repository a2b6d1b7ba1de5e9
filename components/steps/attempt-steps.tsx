"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { DetailAttempt } from "@/lib/items/details";

/** The attempt in use, or the newest, until another one is chosen to look at. Attempts are newest first. */
export function useShownAttempt(attempts: readonly DetailAttempt[]) {
  const [chosen, choose] = useState<string | null>(null);
  const attempt =
    attempts.find(({ id }) => id === chosen) ??
    attempts.find(({ current }) => current) ??
    attempts[0] ??
    null;
  return { attempt, choose };
}

type AttemptStepsProps = {
  attempts: readonly DetailAttempt[];
  attempt: DetailAttempt | null;
  onChoose: (attemptId: string) => void;
  onUse: (attemptId: string) => void;
};

/** ‹ 2/3 › Use this. */
export function AttemptSteps({ attempts, attempt, onChoose, onUse }: AttemptStepsProps) {
  if (!attempt || attempts.length < 2) return null;
  const at = attempts.indexOf(attempt);
  const [older, newer] = [attempts[at + 1], attempts[at - 1]];
  return (
    <div className="flex flex-wrap items-center gap-1">
      <span className="mr-1 text-dense text-ink-2">Attempts</span>
      <IconButton
        label="Earlier attempt"
        icon={<ChevronLeft aria-hidden />}
        disabled={!older}
        onClick={() => older && onChoose(older.id)}
      />
      <span className="text-dense tabular-nums" aria-live="polite">
        {`${attempts.length - at}/${attempts.length}`}
      </span>
      <IconButton
        label="Later attempt"
        icon={<ChevronRight aria-hidden />}
        disabled={!newer}
        onClick={() => newer && onChoose(newer.id)}
      />
      {attempt.current && <span className="ml-1 text-ink-3 text-pill">In use</span>}
      {!attempt.current && attempt.image && (
        <Button size="small" className="ml-1" onClick={() => onUse(attempt.id)}>
          Use this
        </Button>
      )}
    </div>
  );
}
