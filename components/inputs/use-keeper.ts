"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { randomId } from "@/components/uploads/random-id";
import { createSessionAction, renameSessionAction, saveDraftAction } from "@/lib/sessions/actions";
import { DEFAULT_SETTINGS, UNTITLED } from "@/lib/sessions/constants";
import type { SessionSettings } from "@/lib/sessions/types";
import type { SessionView } from "@/lib/sessions/wire";
import { type DraftActions, DraftKeeper, type KeptDraft } from "./draft-keeper";
import { leaveUnsaved, takeUnsaved } from "./unsaved-draft";

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
  const [keeper] = useState(() => new DraftKeeper(startOf(view, settings), ACTIONS));
  const draft = useSyncExternalStore(keeper.subscribe, keeper.get, keeper.get);
  useEffect(() => {
    const save = () => {
      if (document.hidden) void keeper.flush();
    };
    const leave = () => {
      const { sessionId } = keeper.get();
      if (sessionId) leaveUnsaved(sessionId, keeper.unsaved());
    };
    document.addEventListener("visibilitychange", save);
    window.addEventListener("pagehide", leave);
    return () => {
      document.removeEventListener("visibilitychange", save);
      window.removeEventListener("pagehide", leave);
      void keeper.flush();
    };
  }, [keeper]);
  useEffect(() => {
    const { sessionId } = keeper.get();
    const left = sessionId && takeUnsaved(sessionId);
    if (left) void keeper.takeOver(left);
  }, [keeper]);
  return { keeper, draft };
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
