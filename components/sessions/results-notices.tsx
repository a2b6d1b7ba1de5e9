"use client";

import { CircleX, Pause, TriangleAlert, WifiOff } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type FailureGroup, failureGroups } from "@/components/items/failure-groups";
import type { ItemActions } from "@/components/items/use-item-actions";
import { Button, buttonClass } from "@/components/ui/button";
import { countWords, plural } from "@/lib/words";
import { LocalTime } from "./local-time";
import { Notice } from "./notice";
import type { SessionStore } from "./session-store";
import { failedCount, PAUSE_REASONS } from "./state-words";
import { useFeed } from "./use-session-feed";

type ResultsNoticesProps = {
  store: SessionStore;
  actions: ItemActions;
  onEditPrompt: (itemIds: string[]) => void;
};

/** What stands in the way, over the sheet: the connection, a stop, failures with what helps. */
export function ResultsNotices({ store, actions, onEditPrompt }: ResultsNoticesProps) {
  return (
    <>
      <ConnectionNotice store={store} />
      <PauseNotice store={store} />
      <FailureNotice store={store} actions={actions} onEditPrompt={onEditPrompt} />
    </>
  );
}

function ConnectionNotice({ store }: { store: SessionStore }) {
  const connection = useFeed(store, (state) => state.connection);
  const answeredAt = useFeed(store, (state) => state.answeredAt);
  const running = useFeed(store, (state) => state.pulse.state === "running");
  const params = useSearchParams();
  switch (connection) {
    case "live":
      return null;
    case "reconnecting":
      return (
        <Notice tone="warn" icon={WifiOff}>
          Reconnecting. This is how it was at <LocalTime at={answeredAt} />.
          {running && " The run goes on without this page."}
        </Notice>
      );
    case "signed-out":
      return (
        <Notice
          tone="warn"
          icon={TriangleAlert}
          alert
          actions={
            <Link
              href={`/sign-in?next=${encodeURIComponent(`/sessions/${store.sessionId}?${params}`)}`}
              className={buttonClass("secondary", "small")}
            >
              Sign in
            </Link>
          }
        >
          {`You are signed out. ${running ? "The run goes on." : "Nothing is lost."} Sign in to see it again.`}
        </Notice>
      );
    case "gone":
      return (
        <Notice
          tone="err"
          icon={TriangleAlert}
          alert
          actions={
            <Link href="/sessions" className={buttonClass("secondary", "small")}>
              Sessions
            </Link>
          }
        >
          This session was deleted. It can be restored from Sessions for 30 days.
        </Notice>
      );
  }
}

function PauseNotice({ store }: { store: SessionStore }) {
  const { state, pauseReason, counts } = useFeed(store, (feed) => feed.pulse);
  if (state !== "paused") return null;
  const reason = pauseReason === null ? null : PAUSE_REASONS[pauseReason];
  const waiting = counts.queued + counts.waiting;
  const kept = `${plural(counts.completed + counts.reused, "result")} kept; ${plural(waiting, "image")} keep their place.`;
  if (!reason) {
    const finishing =
      counts.running > 0 ? ` ${plural(counts.running, "image")} being made now will finish.` : "";
    return (
      <Notice tone="warn" icon={Pause}>
        {`Paused. ${kept}${finishing}`}
      </Notice>
    );
  }
  return (
    <Notice tone="err" icon={Pause} alert>
      <b className="font-semibold">{reason.happened}</b> {kept} {reason.todo}
    </Notice>
  );
}

function FailureNotice({ store, actions, onEditPrompt }: ResultsNoticesProps) {
  const failed = useFeed(store, (state) => failedCount(state.pulse.counts));
  const items = useFeed(store, (state) => state.items);
  const complete = useFeed(store, (state) => state.nextPage === null);
  // Only once all rows are here: half a sum would be wrong, and its buttons would leave some out.
  const groups = useMemo(() => (complete ? failureGroups(items.values()) : []), [complete, items]);
  if (failed === 0) return null;
  const retry = groups.filter(({ remedy }) => remedy === "retry").flatMap(({ itemIds }) => itemIds);
  const edit = groups.filter(({ remedy }) => remedy === "edit-prompt").flatMap(({ itemIds }) => itemIds);
  return (
    <Notice
      tone="plain"
      icon={CircleX}
      actions={
        <>
          {retry.length > 0 && (
            <Button size="small" onClick={() => actions.retry(edit.length === 0 ? "failed" : retry)}>
              {`Retry ${countWords(retry.length)}`}
            </Button>
          )}
          {edit.length > 0 && (
            <Button size="small" onClick={() => onEditPrompt(edit)}>
              {`Edit prompt for ${countWords(edit.length)}`}
            </Button>
          )}
        </>
      }
    >
      <b className="font-semibold">{`${countWords(failed)} failed`}</b>: {groupsWords(groups)}. The others are
      not touched.
    </Notice>
  );
}

function groupsWords(groups: readonly FailureGroup[]): string {
  const [first] = groups;
  // The number of the only cause stands before it already.
  if (first && groups.length === 1) return first.label;
  return groups.map(({ itemIds, label }) => `${countWords(itemIds.length)} ${label}`).join(", ");
}
