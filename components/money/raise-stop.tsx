"use client";

import { useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { costEach } from "@/components/sessions/money-words";
import { type LiveSession, useFeed } from "@/components/sessions/use-session-feed";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { formatMoney, parseMoney } from "@/lib/money";
import { setBudgetAction } from "@/lib/sessions/actions";
import { openItems } from "@/lib/sessions/status";
import { amountText, nextStop } from "./amount-text";
import { MoneyInput } from "./money-input";

/** A higher stop for a run that stands at its old one; the run then goes on. */
export function RaiseStop({ live }: { live: LiveSession }) {
  const pulse = useFeed(live.store, (feed) => feed.pulse);
  const [text, setText] = useState(() =>
    amountText(nextStop({ ...pulse, left: openItems(pulse.counts), each: costEach(pulse) })),
  );
  const [pending, setPending] = useState(false);
  const toast = useToast();
  const stop = parseMoney(text);
  const enough = stop !== null && stop > pulse.spend + pulse.reserved;

  async function raise() {
    if (!enough) return;
    setPending(true);
    const result = await answered(setBudgetAction({ sessionId: live.store.sessionId, budget: stop }));
    if (!result.ok) toast.show({ tone: "error", text: result.words });
    else if (!result.value.resumed) {
      toast.show({ text: `The stop is at ${formatMoney(stop)} now. It leaves no room for one more image.` });
    }
    live.poke();
    setPending(false);
  }
  return (
    <form
      className="flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void raise();
      }}
    >
      <MoneyInput label="New stop, dollars" value={text} invalid={!enough} onChange={setText} />
      <Button type="submit" size="small" look="primary" pending={pending} disabled={!enough}>
        Raise the stop and go on
      </Button>
    </form>
  );
}
