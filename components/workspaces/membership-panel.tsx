"use client";

import { useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { leaveWorkspaceAction } from "@/lib/workspaces/actions";

type MembershipPanelProps = { workspaceId: string; owner: string; email: string | null };

/** What a member may do in the workspace they look at, and the way out of it. */
export function MembershipPanel({ workspaceId, owner, email }: MembershipPanelProps) {
  const [isAsking, setAsking] = useState(false);
  return (
    <section
      aria-labelledby="membership"
      className="m-4 flex max-w-3xl flex-col gap-3 rounded-panel border border-line bg-surface p-4 sm:m-5 sm:p-5"
    >
      <h2 id="membership" className="font-semibold text-lead">
        You are a member here
      </h2>
      <p className="text-ink-2">
        You make, run, review, share and download sessions, and delete those you made. Keys, the monthly stop
        and people are in the hands of {owner}
        {email && email !== owner && ` (${email})`}.
      </p>
      <Button look="danger" className="-ml-3.5 self-start" onClick={() => setAsking(true)}>
        Leave this workspace
      </Button>
      {isAsking && <LeaveDialog workspaceId={workspaceId} owner={owner} onClose={() => setAsking(false)} />}
    </section>
  );
}

type LeaveDialogProps = { workspaceId: string; owner: string; onClose: () => void };

function LeaveDialog({ workspaceId, owner, onClose }: LeaveDialogProps) {
  const [pending, setPending] = useState(false);
  const toast = useToast();

  async function leave() {
    setPending(true);
    const result = await answered(leaveWorkspaceAction({ workspaceId }));
    // A whole page load: everything rendered for this workspace is thrown away.
    if (result.ok) return window.location.assign("/sessions");
    setPending(false);
    toast.show({ text: result.words, tone: "error" });
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Leave the workspace of ${owner}?`}
      actions={
        <>
          <Button onClick={onClose}>Stay</Button>
          <Button look="danger" pending={pending} onClick={leave}>
            Leave workspace
          </Button>
        </>
      }
    >
      <p className="text-ink-2">
        You lose sight of it at once. Sessions you made stay there. To come back you need a new invitation.
      </p>
    </Dialog>
  );
}
