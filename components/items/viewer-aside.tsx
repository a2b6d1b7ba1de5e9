"use client";

import type { SheetRow } from "@/components/sessions/chain-rows";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import type { DetailAttempt } from "@/lib/items/details";
import type { ItemActions } from "./use-item-actions";
import type { DetailsState } from "./use-item-details";
import { SourceFacts, ViewerFacts } from "./viewer-facts";

type ViewerAsideProps = {
  item: SheetRow;
  answer: DetailsState;
  attempt: DetailAttempt | null;
  onAttempt: (attemptId: string) => void;
  actions: ItemActions;
  /** The original is shown. */
  original: boolean;
};

/** Beside the picture: how it was made, or why there is nothing to tell. */
export function ViewerAside({ item, answer, attempt, onAttempt, actions, original }: ViewerAsideProps) {
  return (
    <aside aria-label="Facts" className="shrink-0 lg:w-80 lg:overflow-y-auto lg:pr-1">
      {content()}
    </aside>
  );

  function content() {
    if (item.chain?.absent && !original) {
      return (
        <p className="text-dense text-ink-2">{`Step ${item.stepPosition} has not run for this image.`}</p>
      );
    }
    if (!answer.details) {
      return item.chain?.absent ? null : (
        <FactsWait retry={answer.state === "failed" ? answer.retry : null} />
      );
    }
    if (original) {
      return (
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-dense">
          <SourceFacts source={answer.details.source} />
        </dl>
      );
    }
    return (
      <ViewerFacts
        details={answer.details}
        attempt={attempt}
        onAttempt={onAttempt}
        onUse={(attemptId) => actions.choose(item.id, attemptId)}
      />
    );
  }
}

function FactsWait({ retry }: { retry: (() => void) | null }) {
  if (!retry) {
    return (
      <div className="flex flex-col gap-3">
        <Skeleton className="h-5 w-24" />
        <Skeleton className="h-16 w-full" />
        <Skeleton className="h-32 w-full" />
      </div>
    );
  }
  return (
    <div className="flex flex-col items-start gap-2 text-dense">
      <p>The facts of this image did not load. The image itself is fine.</p>
      <Button size="small" onClick={retry}>
        Load them
      </Button>
    </div>
  );
}
