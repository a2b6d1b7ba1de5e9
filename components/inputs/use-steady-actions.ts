"use client";

import { useLayoutEffect, useMemo, useRef } from "react";
import type { TileActions } from "./input-tile";

/** The same functions for as long as the list lives, so that a tile renders only when it changed itself. */
export function useSteadyActions(actions: TileActions): TileActions {
  const latest = useRef(actions);
  useLayoutEffect(() => {
    latest.current = actions;
  });
  return useMemo<TileActions>(
    () => ({
      onOpen: (id) => latest.current.onOpen(id),
      onToggle: (id, event) => latest.current.onToggle(id, event),
      onPrompt: (ids) => latest.current.onPrompt(ids),
      onRemove: (ids) => latest.current.onRemove(ids),
    }),
    [],
  );
}
