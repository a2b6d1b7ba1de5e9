"use client";

import { Pause } from "lucide-react";
import { useMemo, useState } from "react";
import { MoveAllButton } from "@/components/batches/move-all-button";
import { useEconomy } from "@/components/batches/use-economy";
import { answered } from "@/components/items/use-item-actions";
import { RaiseStop } from "@/components/money/raise-stop";
import { Button, buttonClass } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { useToast } from "@/components/ui/toast";
import { cancelSessionAction, resumeSessionAction } from "@/lib/sessions/actions";
import { Notice } from "./notice";
import { askedPauseWords, type PauseRemedy, pauseCause, pauseWords } from "./pause-words";
import { type LiveSession, useFeed, useUnit } from "./use-session-feed";

/** A run that stands still: why, what was kept, and what sets it going again. */
export function PauseNotice({ live }: { live: LiveSession }) {
  const pulse = useFeed(live.store, (feed) => feed.pulse);
  const items = useFeed(live.store, (feed) => feed.items);
  const unit = useUnit(live.store);
  const { state, pauseReason, batches } = pulse;
  const stands = state === "paused";
  const cause = useMemo(
    () => (stands ? pauseCause(items.values(), { pauseReason, batches }) : null),
    [stands, items, pauseReason, batches],
  );
  const economy = useEconomy(live.store);
  if (!stands) return null;
  if (pauseReason === null) {
    return (
      <Notice tone="warn" icon={Pause}>
        {askedPauseWords(pulse, { inBatches: economy.inBatches + economy.leaving, unit })}
      </Notice>
    );
  }
  const { happened, kept, todo, remedies } = pauseWords({ ...pulse, pauseReason }, cause);
  return (
    <Notice
      tone="err"
      icon={Pause}
      alert
      actions={remedies.map((remedy) => <Remedy key={remedy} remedy={remedy} live={live} />)}
    >
      <b className="font-semibold">{happened}</b> {kept} {todo}
    </Notice>
  );
}

function Remedy({ remedy, live }: { remedy: PauseRemedy; live: LiveSession }) {
  switch (remedy) {
    case "raise-stop":
      return <RaiseStop live={live} />;
    case "live":
      return <MoveAllButton live={live} />;
    case "resume":
      return <Steer live={live} action={resumeSessionAction} label="Resume" />;
    case "finish":
      return <Steer live={live} action={cancelSessionAction} label="Finish here" />;
    case "providers":
      return (
        <Link href="/settings/provider" className={buttonClass("secondary", "small")}>
          Change key
        </Link>
      );
    case "month":
      return (
        <Link href="/usage" className={buttonClass("secondary", "small")}>
          Raise the limit
        </Link>
      );
  }
}

function Steer({
  live,
  action,
  label,
}: {
  live: LiveSession;
  action: typeof resumeSessionAction;
  label: string;
}) {
  const [pending, setPending] = useState(false);
  const toast = useToast();
  async function press() {
    setPending(true);
    const result = await answered(action({ sessionId: live.store.sessionId }));
    if (!result.ok) toast.show({ tone: "error", text: result.words });
    live.poke();
    setPending(false);
  }
  return (
    <Button size="small" pending={pending} onClick={press}>
      {label}
    </Button>
  );
}
