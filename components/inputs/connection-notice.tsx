"use client";

import { TriangleAlert, WifiOff } from "lucide-react";
import { Notice } from "@/components/sessions/notice";
import type { SessionStore } from "@/components/sessions/session-store";
import { useFeed } from "@/components/sessions/use-session-feed";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";

/** What stands between the draft and the server. */
export function ConnectionNotice({ store }: { store: SessionStore }) {
  const connection = useFeed(store, (state) => state.connection);
  switch (connection) {
    case "live":
      return null;
    case "reconnecting":
      return (
        <Notice tone="warn" icon={WifiOff}>
          Reconnecting. Your text is in this tab, and uploads go on by themselves.
        </Notice>
      );
    case "signed-out":
      return (
        <Notice tone="warn" icon={TriangleAlert} alert actions={<SignIn sessionId={store.sessionId} />}>
          You were signed out. What was saved is kept; uploads wait.
        </Notice>
      );
    case "gone":
      return (
        <Notice
          tone="err"
          icon={TriangleAlert}
          alert
          actions={
            <Button size="small" asChild>
              <Link href="/sessions">Open Sessions</Link>
            </Button>
          }
        >
          This session was deleted meanwhile. It is in the trash for 30 days.
        </Notice>
      );
  }
}

/** In a new tab, so that text and files of this one stay. */
function SignIn({ sessionId }: { sessionId: string }) {
  return (
    <Button size="small" asChild>
      <a href={`/sign-in?next=/sessions/${sessionId}`} target="_blank" rel="noreferrer">
        Sign in in a new tab
      </a>
    </Button>
  );
}
