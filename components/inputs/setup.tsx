"use client";

import type { SessionView } from "@/lib/sessions/wire";
import { DraftSetup } from "./draft-setup";
import { NewSetup } from "./new-setup";
import type { ModelChoice } from "./settings-panel";

export type SetupProps = {
  /** Null: no session yet; the first file or word makes one. */
  view: SessionView | null;
  models: readonly ModelChoice[];
  /** Images worked on at once, for the estimate. */
  parallel: number;
};

/** Images, prompt, settings and Start of a session that has not started. */
export function Setup({ view, models, parallel }: SetupProps) {
  if (!view) return <NewSetup models={models} />;
  return <DraftSetup key={view.id} view={view} models={models} parallel={parallel} />;
}
