"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { SessionListRow } from "@/lib/sessions/wire";

const ASK_AGAIN_MS = 5_000;

/** Renders the list again while something in it runs, and on return to the tab. */
export function useFreshRows(rows: readonly SessionListRow[]) {
  const router = useRouter();
  const running = rows.some(({ state }) => state === "running");
  useEffect(() => {
    const refresh = () => {
      if (!document.hidden) router.refresh();
    };
    document.addEventListener("visibilitychange", refresh);
    const timer = running ? setInterval(refresh, ASK_AGAIN_MS) : undefined;
    return () => {
      document.removeEventListener("visibilitychange", refresh);
      clearInterval(timer);
    };
  }, [running, router]);
}
