"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { LocalTime } from "@/components/sessions/local-time";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { revokeInvitationAction } from "@/lib/workspaces/actions";
import type { OpenInvitation } from "@/lib/workspaces/types";

export function InvitationLine({ invitation }: { invitation: OpenInvitation }) {
  const [pending, setPending] = useState(false);
  const toast = useToast();
  const router = useRouter();
  const { id, email, createdAt, expiresAt } = invitation;

  async function revoke() {
    setPending(true);
    const result = await answered(revokeInvitationAction({ invitationId: id }));
    setPending(false);
    if (!result.ok) toast.show({ text: result.words, tone: "error" });
    router.refresh();
  }
  return (
    <li className="flex min-h-12 items-center gap-3 border-line border-b py-2 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="truncate">{email ?? "Whoever has the link"}</p>
        <p className="edge-print truncate">
          made <LocalTime at={createdAt} /> · ends <LocalTime at={expiresAt} />
        </p>
      </div>
      <Button size="small" look="danger" pending={pending} onClick={revoke}>
        Revoke<span className="sr-only"> the invitation of {email ?? "whoever has the link"}</span>
      </Button>
    </li>
  );
}
