"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { useAnswer } from "@/components/recipes/use-answer";
import { type LiveSession, useUnit } from "@/components/sessions/use-session-feed";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { moveToLiveAction } from "@/lib/batches/actions";
import type { BatchesAnswer } from "@/lib/batches/types";
import { type Move, movedWords, moveWords } from "./move-words";

type MoveDialogProps = { live: LiveSession; move: Move; onClose: () => void };

/** Out of the half-price lane: what that does, what it costs, and doing it. */
export function MoveDialog({ live, move, onClose }: MoveDialogProps) {
  const { sessionId } = live.store;
  const { answer, failed, retry } = useAnswer<BatchesAnswer>(`/api/sessions/${sessionId}/batches`);
  const [pending, setPending] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const unit = useUnit(live.store);
  const toast = useToast();
  const router = useRouter();
  const words = moveWords(move, { answer, unit });

  async function go() {
    setPending(true);
    setRefused(null);
    const result = await answered(moveToLiveAction({ sessionId, itemIds: move.itemIds }));
    live.poke();
    setPending(false);
    if (!result.ok) {
      setRefused(result.words);
      return;
    }
    toast.show({ text: movedWords(result.value, unit) });
    // The session's settings say "now" from here on.
    if (move.itemIds === "all") router.refresh();
    onClose();
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.title}
      description={words.happens || "Working out the cost"}
      actions={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button look="primary" pending={pending} disabled={!answer || words.nothing} onClick={go}>
            {words.button}
          </Button>
        </>
      }
    >
      {failed && !answer && (
        <p role="alert" className="flex flex-wrap items-center gap-2 text-dense text-err">
          The cost is not known right now: the server can't be reached. Nothing was changed.
          <Button size="small" onClick={retry}>
            Try again
          </Button>
        </p>
      )}
      {refused && (
        <p role="alert" className="text-dense text-err">
          {refused}
        </p>
      )}
    </Dialog>
  );
}
