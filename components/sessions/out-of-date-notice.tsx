"use client";

import { History } from "lucide-react";
import { useMemo, useState } from "react";
import type { ItemActions } from "@/components/items/use-item-actions";
import { useRunPlan } from "@/components/steps/use-run-plan";
import { Button } from "@/components/ui/button";
import { formatMoneyRange } from "@/lib/money";
import type { RunPlan } from "@/lib/steps/types";
import { plural } from "@/lib/words";
import { lackingOf } from "./chain-rows";
import { Notice } from "./notice";
import type { SessionStore } from "./session-store";
import { useFeed } from "./use-session-feed";

const ALL = { kind: "all" } as const;
const UP_TO_DATE = { stale: 0, absent: 0 };

/** Steps were changed or added since: how many results no longer are what they ask for, and one press that makes them so. */
export function OutOfDateNotice({ store, actions }: { store: SessionStore; actions: ItemActions }) {
  const chains = useFeed(store, (state) => state.chains);
  const version = useFeed(store, (state) => state.chain.chainVersion);
  const complete = useFeed(store, (state) => state.nextPage === null);
  const [pending, setPending] = useState(false);
  const { stale, absent } = useMemo(
    () => (chains && complete ? lackingOf(chains) : UP_TO_DATE),
    [chains, complete],
  );
  const lacking = stale + absent > 0;
  const plan = useRunPlan(store.sessionId, ALL, lacking ? `${version} ${stale} ${absent}` : null);
  if (!lacking) return null;
  async function run() {
    setPending(true);
    await actions.run(ALL);
    setPending(false);
  }
  return (
    <Notice
      tone="plain"
      icon={History}
      actions={
        <Button size="small" pending={pending} onClick={run}>
          {stale > 0 ? "Run them again" : "Run them"}
        </Button>
      }
    >
      <b className="font-semibold">{lackingWords({ stale, absent })}</b>{" "}
      {plan && plan.items > 0 && planWords(plan, plan.items > stale + absent)}
    </Notice>
  );
}

function lackingWords({ stale, absent }: { stale: number; absent: number }): string {
  const old = stale > 0 && `${plural(stale, "result")} ${stale === 1 ? "is" : "are"} out of date.`;
  const missing = absent > 0 && `${plural(absent, "result")} ${absent === 1 ? "has" : "have"} not been run.`;
  return [old, missing].filter(Boolean).join(" ");
}

/** "A run makes 15 results in steps 2 and 3, those that failed too, about $0.60." */
function planWords({ items, steps, price }: RunPlan, failedToo: boolean): string {
  const last = steps.at(-1);
  const where = steps.length > 1 ? `steps ${steps.slice(0, -1).join(", ")} and ${last}` : `step ${last}`;
  const cost = price.max === 0 ? "free" : formatMoneyRange(price);
  return `A run makes ${plural(items, "result")} in ${where}${failedToo ? ", those that failed too" : ""}, ${cost}. The present ones are kept.`;
}
