"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { randomId } from "@/components/uploads/random-id";
import { createSessionAction, renameSessionAction, saveDraftAction } from "@/lib/sessions/actions";
import { DEFAULT_SETTINGS, UNTITLED } from "@/lib/sessions/constants";
import type { SessionSettings } from "@/lib/sessions/types";
import type { SessionView } from "@/lib/sessions/wire";
import { type DraftActions, DraftKeeper, type KeptDraft } from "./draft-keeper";
import { leaveDraft, takeDraft } from "./left-draft";

const ACTIONS: DraftActions = {
  create: createSessionAction,
  save: saveDraftAction,
  rename: renameSessionAction,
};

/** The draft of a session, or of one that is made with the first file or word. */
export function useKeeper(
  view: SessionView | null,
  settings: SessionSettings = DEFAULT_SETTINGS,
): { keeper: DraftKeeper; draft: KeptDraft } {
  const [keeper] = useState(() => keeperOf(view, settings));
  const draft = useSyncExternalStore(keeper.subscribe, keeper.get, keeper.get);
  useEffect(() => {
    const save = () => {
      if (document.hidden) void keeper.flush();
    };
    const leave = () => {
      const { sessionId } = keeper.get();
      if (sessionId) leaveDraft(sessionId, keeper.left());
    };
    // Brought back as it was, the page goes on by itself.
    const back = ({ persisted }: PageTransitionEvent) => {
      const { sessionId } = keeper.get();
      if (persisted && sessionId) leaveDraft(sessionId, null);
    };
    document.addEventListener("visibilitychange", save);
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", back);
    return () => {
      document.removeEventListener("visibilitychange", save);
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", back);
      void keeper.flush();
    };
  }, [keeper]);
  useEffect(() => {
    const { sessionId } = keeper.get();
    const left = sessionId && takeDraft(sessionId);
    if (left) void keeper.takeOver(left);
  }, [keeper]);
  return { keeper, draft };
}

const keepers = new Map<string, DraftKeeper>();

/**
 * Belongs to the tab, not to a page: gone back to, a page shows what it showed when it was left, and knows nothing of
 * what was saved since.
 */
function keeperOf(view: SessionView | null, settings: SessionSettings): DraftKeeper {
  const known = view && keepers.get(view.id);
  if (view && known?.knows(view)) return known;
  const made = new DraftKeeper(startOf(view, settings), ACTIONS);
  // The server renders the page too, for many people; it keeps nothing.
  if (view && typeof window !== "undefined") keepers.set(view.id, made);
  return made;
}

function startOf(view: SessionView | null, settings: SessionSettings) {
  return {
    prompt: view?.prompt ?? "",
    settings: view?.settings ?? settings,
    name: view?.name ?? UNTITLED,
    sessionId: view?.id ?? null,
    draftVersion: view?.draftVersion ?? 0,
    intent: randomId(),
  };
}
