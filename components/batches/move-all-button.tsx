"use client";

import { useLayoutEffect, useRef, useState } from "react";
import type { LiveSession } from "@/components/sessions/use-session-feed";
import { Button } from "@/components/ui/button";
import { panelOnDemand } from "@/components/ui/panel-on-demand";

const MoveDialog = panelOnDemand(() => import("./move-dialog").then((code) => code.MoveDialog));
const ALL = { itemIds: "all" } as const;

/** Asks before all that is left of the half-price lane is made now. */
export function MoveAllButton({ live }: { live: LiveSession }) {
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const shown = button.current;
    return () => {
      // It goes with the last image of the lane, and the focus would fall to the page.
      if (shown && shown === document.activeElement) focusSheet();
    };
  }, []);
  return (
    <>
      <Button ref={button} size="small" onClick={() => setAsking(true)}>
        Go on now at the full price…
      </Button>
      {asking && <MoveDialog live={live} move={ALL} onClose={() => setAsking(false)} />}
    </>
  );
}

/** The tile that Tab reaches, or the first frame of a chain. */
function focusSheet() {
  const tile = document.querySelector<HTMLElement>('[data-tile][tabindex="0"]');
  (tile ?? document.querySelector<HTMLElement>("[data-tile]"))?.focus({ preventScroll: true });
}
