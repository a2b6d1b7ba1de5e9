"use client";

import { useHydrated, useNow } from "./use-clock";

/** A moment in the time zone of whoever looks: "14:02" today, "18 Nov, 14:02" before. Empty until that is known. */
export function LocalTime({ at, className }: { at: number; className?: string }) {
  const hydrated = useHydrated();
  const now = useNow(false);
  if (!hydrated) return <time dateTime={new Date(at).toISOString()} className={className} />;
  return (
    <time dateTime={new Date(at).toISOString()} title={new Date(at).toLocaleString()} className={className}>
      {momentWords(new Date(at), new Date(now))}
    </time>
  );
}

function momentWords(at: Date, now: Date): string {
  const time = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (at.toDateString() === now.toDateString()) return time;
  const year = at.getFullYear() === now.getFullYear() ? undefined : "numeric";
  const day = at.toLocaleDateString("en-GB", { day: "numeric", month: "short", year });
  return `${day}, ${time}`;
}
