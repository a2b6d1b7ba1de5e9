"use client";

import { Ban, Clock, Link2 } from "lucide-react";
import { useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { LocalTime } from "@/components/sessions/local-time";
import { Button } from "@/components/ui/button";
import { Pill } from "@/components/ui/pill";
import { useToast } from "@/components/ui/toast";
import { revokeShareAction } from "@/lib/shares/actions";
import type { ShareRow } from "@/lib/shares/types";

type ShareListProps = { shares: ShareRow[] | null; onRevoked: () => void };

/** Links made so far. */
export function ShareList({ shares, onRevoked }: ShareListProps) {
  if (!shares || shares.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1 font-medium text-dense">Links</h3>
      <ul className="flex flex-col">
        {shares.map((share) => (
          <ShareLine key={share.id} share={share} onRevoked={onRevoked} />
        ))}
      </ul>
    </section>
  );
}

function ShareLine({ share, onRevoked }: { share: ShareRow; onRevoked: () => void }) {
  const [pending, setPending] = useState(false);
  const toast = useToast();
  async function revoke() {
    setPending(true);
    const result = await answered(revokeShareAction({ shareId: share.id }));
    setPending(false);
    if (result.ok) onRevoked();
    else toast.show({ tone: "error", text: result.words });
  }
  return (
    <li className="flex min-h-11 items-center gap-3 border-line border-b py-1.5 last:border-b-0">
      <StatePill state={share.state} />
      <p className="min-w-0 flex-1 text-dense">
        <span className="block truncate">{shownWords(share)}</span>
        <span className="edge-print">
          made <LocalTime at={share.createdAt} />
          {share.expiresAt !== null && share.state !== "revoked" && (
            <>
              {share.state === "expired" ? " · ended " : " · ends "}
              <LocalTime at={share.expiresAt} />
            </>
          )}
        </span>
      </p>
      {share.state === "active" && (
        <Button size="small" look="danger" pending={pending} onClick={revoke}>
          Revoke
        </Button>
      )}
    </li>
  );
}

function StatePill({ state }: { state: ShareRow["state"] }) {
  switch (state) {
    case "active":
      return (
        <Pill tone="ok" icon={Link2}>
          Works
        </Pill>
      );
    case "expired":
      return (
        <Pill tone="idle" icon={Clock}>
          Expired
        </Pill>
      );
    case "revoked":
      return (
        <Pill tone="idle" icon={Ban}>
          Revoked
        </Pill>
      );
  }
}

function shownWords({ options: { names, originals, prompts, download }, locked }: ShareRow): string {
  const extras = [names && "names", originals && "sources", prompts && "prompts", download && "download"];
  const shown = ["results", ...extras.filter((one) => one !== false)];
  return `Shows ${shown.join(", ")}${locked ? " · asks for a password" : ""}`;
}
