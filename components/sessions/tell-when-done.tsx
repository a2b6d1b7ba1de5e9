"use client";

import { useEffect, useId, useRef, useState } from "react";
import { Switch } from "@/components/ui/switch";
import { totalItems } from "@/lib/sessions/status";
import type { SessionPulse } from "@/lib/sessions/wire";
import { useDoneNotices } from "./notice-permission";
import { progressSentence } from "./state-words";

type TellWhenDoneProps = { sessionId: string; name: string; pulse: SessionPulse };

/** A notice of the browser when the run ends. The browser is asked for it on the click only. */
export function TellWhenDone({ sessionId, name, pulse }: TellWhenDoneProps) {
  const id = useId();
  const { on, permission, setOn } = useDoneNotices();
  const [asked, setAsked] = useState(false);
  const going = pulse.state === "running" || pulse.state === "paused";
  const wasGoing = useRef(going);
  useEffect(() => {
    const ended = wasGoing.current && pulse.state === "finished";
    wasGoing.current = going;
    if (ended && on) showNotice({ sessionId, name, pulse });
  }, [going, on, sessionId, name, pulse]);
  if (!going || permission === "none") return null;
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-1 text-dense text-ink-2">
      <label htmlFor={id}>Tell me when it is done</label>
      <Switch
        id={id}
        checked={on}
        onChange={(next) => {
          setAsked(true);
          void setOn(next);
        }}
      />
      <p role="status" className="basis-full text-right text-pill empty:hidden">
        {asked && permission === "denied"
          ? "This browser blocks notices from here. Allow them in its site settings, then switch this on."
          : null}
      </p>
    </div>
  );
}

function showNotice({ sessionId, name, pulse }: TellWhenDoneProps) {
  try {
    // The tag makes the notices of several tabs one.
    const notice = new Notification(name, {
      body: progressSentence(pulse, totalItems(pulse.counts)),
      tag: `finished:${sessionId}`,
      icon: "/icon.svg",
    });
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
  } catch {
    // Chrome on Android lets only a service worker show notices; the title and the page still tell.
  }
}
