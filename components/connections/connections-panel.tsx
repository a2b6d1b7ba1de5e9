"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { ConnectionView } from "@/lib/connections/types";
import { ConnectionCard } from "./connection-card";
import { ConnectionDialog } from "./connection-dialog";
import { LimitsDialog } from "./limits-dialog";
import { RevokeDialog } from "./revoke-dialog";
import { useConnectionTests } from "./use-connection-tests";
import { useRefreshWhile } from "./use-refresh-while";

type Shown = { what: "add" } | { what: "change" | "limits" | "revoke"; key: string } | null;

type ConnectionsPanelProps = { connections: ConnectionView[]; mayAdd: boolean };

/** All connections of a workspace, and what can be done with them. */
export function ConnectionsPanel({ connections, mayAdd }: ConnectionsPanelProps) {
  const [shown, setShown] = useState<Shown>(null);
  const { outcomes, test, forget } = useConnectionTests();
  useRefreshWhile(connections.some(({ limits }) => limits.running > 0));
  const chosen = shown && "key" in shown ? connections.find(({ key }) => key === shown.key) : undefined;
  const close = () => setShown(null);
  function saved(key: string) {
    close();
    void test(key);
  }
  return (
    <>
      {connections.length === 0 ? (
        <EmptyState
          title="No provider yet"
          actions={mayAdd && <AddButton look="primary" onClick={() => setShown({ what: "add" })} />}
        >
          {mayAdd
            ? "The built-in model works without one. Add a key for OpenAI, or the address of an image server of yours."
            : "The built-in model works without one. The owner of this workspace can add keys and servers."}
        </EmptyState>
      ) : (
        <div className="flex max-w-3xl flex-col gap-4 p-4 sm:p-5">
          {connections.map((connection) => (
            <ConnectionCard
              key={connection.key}
              connection={connection}
              outcome={outcomes[connection.key]}
              onTest={() => test(connection.key)}
              onShow={(what) => setShown({ what, key: connection.key })}
            />
          ))}
          {mayAdd ? (
            <AddButton look="secondary" className="self-start" onClick={() => setShown({ what: "add" })} />
          ) : (
            <p className="text-dense text-ink-2">
              Your sessions here can use these. Only the owner of this workspace can change them.
            </p>
          )}
        </div>
      )}
      {shown?.what === "add" && <ConnectionDialog connection={null} onClose={close} onSaved={saved} />}
      {shown?.what === "change" && chosen && (
        <ConnectionDialog connection={chosen} onClose={close} onSaved={saved} />
      )}
      {shown?.what === "limits" && chosen && <LimitsDialog connection={chosen} onClose={close} />}
      {shown?.what === "revoke" && chosen && (
        <RevokeDialog connection={chosen} onClose={close} onRevoked={() => forget(chosen.key)} />
      )}
    </>
  );
}

type AddButtonProps = { look: "primary" | "secondary"; className?: string; onClick: () => void };

function AddButton({ look, className, onClick }: AddButtonProps) {
  return (
    <Button look={look} icon={<Plus aria-hidden />} className={className} onClick={onClick}>
      Add connection
    </Button>
  );
}
