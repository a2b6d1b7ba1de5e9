"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { revokeConnectionAction } from "@/lib/connections/actions";
import type { ConnectionView } from "@/lib/connections/types";
import { plural } from "@/lib/words";

type RevokeDialogProps = { connection: ConnectionView; onClose: () => void; onRevoked: () => void };

/** Asks once, since the key can't come back, and says what stops. */
export function RevokeDialog({ connection, onClose, onRevoked }: RevokeDialogProps) {
  const [pending, setPending] = useState(false);
  const toast = useToast();
  const router = useRouter();
  const { key, label } = connection;

  async function revoke() {
    setPending(true);
    const result = await answered(revokeConnectionAction({ id: key }));
    setPending(false);
    onClose();
    if (result.ok) onRevoked();
    toast.show(
      result.ok
        ? { text: `“${label}” is revoked and its key erased.${pausedWords(result.value.paused)}` }
        : { text: result.words, tone: "error" },
    );
    router.refresh();
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Revoke “${label}”?`}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" pending={pending} onClick={revoke}>
            Revoke connection
          </Button>
        </>
      }
    >
      <ul className="flex list-disc flex-col gap-1.5 pl-5 text-ink-2">
        <li>Its key is erased at once. To use it again you put it in again.</li>
        <li>{usesWords(connection.uses)}</li>
        {connection.limits.running > 0 && (
          <li>
            {plural(connection.limits.running, "image")} at the provider now will still finish and be kept.
          </li>
        )}
        <li>The key itself goes on to count at the provider. Revoke it there too if others may know it.</li>
      </ul>
    </Dialog>
  );
}

function usesWords({ sessions, images }: ConnectionView["uses"]): string {
  if (sessions === 0) return "No running session uses it. Results made with it stay.";
  const waiting =
    images > 0
      ? ` ${plural(images, "image")} that ${images === 1 ? "waits keeps its" : "wait keep their"} place.`
      : "";
  return `${plural(sessions, "running session")} ${sessions === 1 ? "pauses" : "pause"}.${waiting} Results stay.`;
}

function pausedWords(paused: number): string {
  return paused > 0 ? ` ${plural(paused, "session")} paused.` : "";
}
