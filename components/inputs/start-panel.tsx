"use client";

import { Play } from "lucide-react";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { countWords } from "@/lib/words";
import type { Readiness } from "./start-readiness";

type StartPanelProps = {
  count: number;
  /** What it would cost and take. */
  lines: ReactNode;
  readiness: Readiness;
  /** Asks once more before much money is on its way; null: starts at once. */
  confirm?: ((answer: { onStart: () => void; onClose: () => void }) => ReactNode) | null;
  /** Null when it started; words when it was refused. */
  onStart: () => Promise<string | null>;
};

/** What Start would do, and Start. Where it cannot, the reason stands beside it. */
export function StartPanel({ count, lines, readiness, confirm = null, onStart }: StartPanelProps) {
  const [pending, setPending] = useState(false);
  const [whenReady, setWhenReady] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);

  async function start({ confirmed = false } = {}) {
    if (pending || asking !== confirmed) return;
    if (confirm && !confirmed) {
      setAsking(true);
      return;
    }
    setAsking(false);
    setPending(true);
    setRefused(null);
    const words = await onStart();
    setRefused(words);
    // On success the results take this screen's place; until then the button stays pressed.
    if (words) {
      setPending(false);
      setWhenReady(false);
    }
  }

  function press() {
    if (readiness.kind === "ready") void start();
    else if (readiness.kind === "coming") setWhenReady(!whenReady);
  }

  const onReady = useEffectEvent(start);
  useEffect(() => {
    if (whenReady && readiness.kind === "ready") void onReady();
  }, [whenReady, readiness.kind]);

  const onShortcut = useEffectEvent(press);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const inDialog = document.querySelector('[role="dialog"]') !== null;
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || inDialog) return;
      event.preventDefault();
      onShortcut();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  const words = refused ?? readiness.words;
  return (
    <div className="flex flex-col gap-2.5">
      {lines}
      <Button
        look="primary"
        size="large"
        className="w-full"
        icon={<Play aria-hidden />}
        pending={pending}
        disabled={readiness.kind === "blocked"}
        aria-describedby="start-words"
        aria-pressed={readiness.kind === "coming" ? whenReady : undefined}
        onClick={press}
      >
        {labelOf(readiness, count, whenReady)}
      </Button>
      <p id="start-words" role="status" className="flex min-h-5 justify-between gap-3 text-pill text-ink-2">
        <span className={refused ? "text-err" : undefined}>
          {whenReady && readiness.kind === "coming" ? `${readiness.words} It starts by itself.` : words}
        </span>
        {readiness.kind === "ready" && !words && (
          <span className="pointer-coarse:hidden">
            <Kbd>Ctrl ↵</Kbd>
          </span>
        )}
      </p>
      {asking &&
        confirm?.({
          onStart: () => void start({ confirmed: true }),
          onClose: () => {
            setAsking(false);
            setWhenReady(false);
          },
        })}
    </div>
  );
}

function labelOf({ kind }: Readiness, count: number, whenReady: boolean): string {
  if (kind === "coming")
    return whenReady ? "Starts when uploads finish · Cancel" : "Start when uploads finish";
  return count > 0 ? `Start ${countWords(count)}` : "Start";
}
