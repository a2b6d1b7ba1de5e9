"use client";

import { useState } from "react";
import { promptOfItems } from "@/components/items/prompt-of-items";
import type { Redo } from "@/components/items/redo-dialog";
import type { SessionView } from "@/lib/sessions/wire";
import { costEach } from "./money-words";
import type { SessionStore } from "./session-store";

/** The question for another prompt, with all it needs to know of the step that is asked again. */
export function useRedo(store: SessionStore, view: SessionView) {
  const [redo, setRedo] = useState<Redo | null>(null);
  async function askRedo(kind: Redo["kind"], itemIds: string[]) {
    const { items, chain, pulse } = store.get();
    const places = new Set(itemIds.map((id) => items.get(id)?.stepPosition));
    const [place = 1] = places;
    const step = chain.steps[place - 1];
    const sessionPrompt = step?.prompt ?? view.prompt;
    const prompt = places.size > 1 ? null : await promptOfItems(itemIds, { items, sessionPrompt });
    const builtIn = (step?.settings?.connection ?? view.settings.connection) === "studio";
    setRedo({ kind, itemIds, prompt, builtIn, costEach: costEach(pulse) });
  }
  return { redo, askRedo, close: () => setRedo(null) };
}
