"use client";

import { useId } from "react";
import { Switch } from "@/components/ui/switch";
import type { LiveSession } from "./use-session-feed";

/** What changes by itself can be stopped (WCAG 2.2.2); the run goes on, and one's own actions still show. */
export function LiveSwitch({ live }: { live: LiveSession }) {
  const id = useId();
  return (
    <div className="flex items-center gap-x-1 text-dense text-ink-2">
      <label htmlFor={id}>Live updates</label>
      <Switch id={id} checked={live.updates} onChange={live.setUpdates} />
    </div>
  );
}
