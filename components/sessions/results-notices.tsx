"use client";

import { CircleX, Hourglass, TriangleAlert, WifiOff } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { EconomyStrip } from "@/components/batches/economy-strip";
import { failureGroups, groupsWords } from "@/components/items/failure-groups";
import type { ItemActions } from "@/components/items/use-item-actions";
import { Button, buttonClass } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { countWords, plural } from "@/lib/words";
import { LocalTime } from "./local-time";
import { Notice } from "./notice";
import { OutOfDateNotice } from "./out-of-date-notice";
import { PauseNotice } from "./pause-notice";
import type { SessionStore } from "./session-store";
import { holdUpWords } from "./slot-words";
import { failedCount } from "./state-words";
import { useServerNow } from "./use-clock";
import { type LiveSession, useFeed } from "./use-session-feed";

type ResultsNoticesProps = {
  live: LiveSession;
  actions: ItemActions;
  onEditPrompt: (itemIds: string[]) => void;
};

/** What stands in the way, over the sheet: the connection, a stop, failures with what helps. */
export function ResultsNotices({ live, actions, onEditPrompt }: ResultsNoticesProps) {
  return (
    <>
      <ConnectionNotice store={live.store} />
      <PauseNotice live={live} />
      <EconomyStrip live={live} />
      <HoldUpNotice store={live.store} />
      <FailureNotice store={live.store} actions={actions} onEditPrompt={onEditPrompt} />
      <OutOfDateNotice store={live.store} actions={actions} />
    </>
  );
}

export function ConnectionNotice({ store }: { store: SessionStore }) {
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

/** The provider wants silence: nothing to do but to know why nothing moves. */
export function HoldUpNotice({ store }: { store: SessionStore }) {
  const { slots, counts } = useFeed(store, (feed) => feed.pulse);
  const now = useServerNow(store, slots !== null && slots.blockedWhy !== null);
  const words = slots && holdUpWords(slots, { counts, now });
  if (!words) return null;
  return (
    <Notice tone="warn" icon={Hourglass}>
      {words}
    </Notice>
  );
}

function FailureNotice({
  store,
  actions,
  onEditPrompt,
}: Omit<ResultsNoticesProps, "live"> & { store: SessionStore }) {
  const failed = useFeed(store, (state) => failedCount(state.pulse.counts));
  const items = useFeed(store, (state) => state.items);
  const notRun = useFeed(store, (state) => state.pulse.counts.unmet);
  const complete = useFeed(store, (state) => state.nextPage === null);
  // Only once all rows are here: half a sum would be wrong, and its buttons would leave some out.
  const groups = useMemo(() => (complete ? failureGroups(items.values()) : []), [complete, items]);
  if (failed === 0) return null;
  const idsOf = (remedy: (typeof groups)[number]["remedy"]) =>
    groups.filter((group) => group.remedy === remedy).flatMap(({ itemIds }) => itemIds);
  const [retry, paid, edit] = [idsOf("retry"), idsOf("retry-paid"), idsOf("edit-prompt")];
  return (
    <Notice
      tone="plain"
      icon={CircleX}
      actions={
        <>
          {retry.length > 0 && (
            <Button
              size="small"
              onClick={() => actions.retry(edit.length + paid.length === 0 ? "failed" : retry)}
            >
              {`Retry ${countWords(retry.length)}`}
            </Button>
          )}
          {paid.length > 0 && (
            <Button size="small" onClick={() => actions.retry(paid)}>
              {`Retry ${countWords(paid.length)}, may be charged again`}
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
      <b className="font-semibold">{`${countWords(failed)} failed`}</b>: {groupsWords(groups)}.{" "}
      {notRun > 0 && `${plural(notRun, "result")} of later steps wait for them. `}The others are not touched.
    </Notice>
  );
}
