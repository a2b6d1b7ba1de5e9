"use client";

import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { Activity, useEffect, useState } from "react";
import { NewSetup } from "@/components/inputs/new-setup";
import { StartFromMenu, StartFromPanel } from "@/components/recipes/start-from";
import { useUrlState } from "@/components/sessions/use-url-state";
import type { PricedChoice } from "@/lib/models/price-choices";
import type { SessionSettings } from "@/lib/sessions/types";
import { type App, forgetDrafts } from "./app-memory";
import { AppSwitch } from "./app-switch";

// What was written before a reload, only the browser knows.
const NewSerial = dynamic(() => import("./new-serial").then((code) => code.NewSerial), { ssr: false });

type NewAppProps = { choices: readonly PricedChoice[]; settings: SessionSettings };

/** A new session of either kind. What was entered on one side stays while the other is looked at. */
export function NewApp({ choices, settings }: NewAppProps) {
  const params = useSearchParams();
  const url = useUrlState();
  const asked = params.get("app");
  const app: App = asked === "serial" ? "serial" : "bulk";
  const [seen, setSeen] = useState<ReadonlySet<App>>(new Set([app]));
  const isFresh = asked === null;
  useEffect(() => {
    if (isFresh) forgetDrafts();
  }, [isFresh]);
  if (!seen.has(app)) setSeen(new Set([...seen, app]));
  const lead = (
    <div className="flex items-center gap-2 max-sm:w-full max-sm:justify-between">
      <AppSwitch app={app} onSwitch={(next) => url.set({ app: next })} />
      <StartFromMenu />
    </div>
  );
  return (
    <>
      <StartFromPanel kind={app} />
      {seen.has("bulk") && (
        <Activity mode={app === "bulk" ? "visible" : "hidden"}>
          <NewSetup choices={choices} settings={settings} lead={lead} />
        </Activity>
      )}
      {seen.has("serial") && (
        <Activity mode={app === "serial" ? "visible" : "hidden"}>
          <NewSerial choices={choices} settings={settings} lead={lead} />
        </Activity>
      )}
    </>
  );
}
