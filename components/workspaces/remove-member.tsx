"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { removeMemberAction } from "@/lib/workspaces/actions";

/** Asks once, and says what goes and what stays. */
export function RemoveMember({ id, name }: { id: string; name: string }) {
  const [isAsking, setAsking] = useState(false);
  const [pending, setPending] = useState(false);
  const toast = useToast();
  const router = useRouter();

  async function remove() {
    setPending(true);
    const result = await answered(removeMemberAction({ memberId: id }));
    setPending(false);
    setAsking(false);
    toast.show(
      result.ok ? { text: `${name} is out. Their work stays.` } : { text: result.words, tone: "error" },
    );
    router.refresh();
  }
  return (
    <>
      <Button size="small" look="danger" onClick={() => setAsking(true)}>
        Remove<span className="sr-only"> {name}</span>
      </Button>
      <Dialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Remove ${name}?`}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>Keep</Button>
            <Button look="danger" pending={pending} onClick={remove}>
              Remove from workspace
            </Button>
          </>
        }
      >
        <ul className="flex list-disc flex-col gap-1.5 pl-5 text-ink-2">
          <li>They are out at once, on pages that are open too.</li>
          <li>Sessions they made stay here, and runs go on.</li>
          <li>Links they shared go on to work. Revoke them at the session.</li>
        </ul>
      </Dialog>
    </>
  );
}
