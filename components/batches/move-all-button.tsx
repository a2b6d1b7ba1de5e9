"use client";

import { useState } from "react";
import type { LiveSession } from "@/components/sessions/use-session-feed";
import { Button } from "@/components/ui/button";
import { panelOnDemand } from "@/components/ui/panel-on-demand";

const MoveDialog = panelOnDemand(() => import("./move-dialog").then((code) => code.MoveDialog));
const ALL = { itemIds: "all" } as const;

/** Asks before all that is left of the half-price lane is made now. */
export function MoveAllButton({ live }: { live: LiveSession }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>
        Go on now at the full price…
      </Button>
      {asking && <MoveDialog live={live} move={ALL} onClose={() => setAsking(false)} />}
    </>
  );
}
