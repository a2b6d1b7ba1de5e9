"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { type App, draftsOfSwitch, rememberDraft } from "./app-memory";

const CHOICES = [
  { value: "bulk", label: "Bulk App" },
  { value: "serial", label: "Serial App" },
] as const;

/** Many images and one prompt, or one image and a chain of steps. */
export function AppSwitch({ app, onSwitch }: { app: App; onSwitch: (app: App) => void }) {
  return (
    <div data-app-switch className="py-1">
      <ToggleGroup label="Kind of session" value={app} choices={CHOICES} onChange={onSwitch} />
    </div>
  );
}

/** The same on a draft's page: the other side is another draft, or a new one. */
export function DraftSwitch({ app, sessionId }: { app: App; sessionId: string }) {
  const router = useRouter();
  useEffect(() => rememberDraft(app, sessionId), [app, sessionId]);
  return (
    <AppSwitch
      app={app}
      onSwitch={(next) => {
        const other = draftsOfSwitch()[next];
        router.push(other ? `/sessions/${other}` : `/sessions/new?app=${next}`);
      }}
    />
  );
}
