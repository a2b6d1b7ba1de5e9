"use client";

import { useSyncExternalStore } from "react";
import { readPreference, usePreference } from "@/components/items/use-preference";

const KEY = "tell-when-done";
const listeners = new Set<() => void>();

/** `none`: this browser has no notices for pages. */
type Permission = NotificationPermission | "none";

/** Whether this browser tells when a run ends, kept per browser, and what the browser itself thinks of it. */
export function useDoneNotices() {
  const [wanted, setWanted] = usePreference(KEY, { initial: "off", choices: ["off", "on"] });
  const permission = useSyncExternalStore(listen, readPermission, (): Permission => "none");
  async function setOn(on: boolean) {
    if (!on) return setWanted("off");
    const answer = await Notification.requestPermission();
    for (const listener of listeners) listener();
    setWanted(answer === "granted" ? "on" : "off");
  }
  return { on: wanted === "on" && permission === "granted", permission, setOn };
}

/** The same outside React: the feed asks it while the tab is hidden. */
export function wantsDoneNotice(): boolean {
  return readPreference(KEY) === "on" && readPermission() === "granted";
}

function readPermission(): Permission {
  return "Notification" in window ? Notification.permission : "none";
}

function listen(listener: () => void): () => void {
  // Changed in the browser's own settings meanwhile.
  window.addEventListener("focus", listener);
  listeners.add(listener);
  return () => {
    window.removeEventListener("focus", listener);
    listeners.delete(listener);
  };
}
