"use client";

import { useMemo, useRef } from "react";
import { mayGoNow } from "@/components/batches/economy-items";
import type { SelectionMove } from "@/components/inputs/selection";
import { needsOtherWords } from "@/components/items/failure-groups";
import { downloadUrl } from "@/components/items/image-url";
import type { Redo } from "@/components/items/redo-dialog";
import type { TileCommands } from "@/components/items/tile";
import type { ItemActions } from "@/components/items/use-item-actions";
import { groupOf } from "@/lib/items/status";
import type { SessionView } from "@/lib/sessions/wire";
import { tileOf } from "./feed-state";
import { resultName } from "./result-name";
import type { SessionStore } from "./session-store";
import type { ShownStep } from "./use-shown-step";

type Given = {
  store: SessionStore;
  view: SessionView;
  order: readonly string[];
  step: ShownStep;
  open: (id: string) => void;
  select: (move: SelectionMove) => void;
  setCurrentId: (id: string) => void;
  askRedo: (kind: Redo["kind"], itemIds: string[]) => void;
  /** Asks before they leave the half-price lane. */
  askNow: (itemIds: string[]) => void;
  actions: ItemActions;
  resize: (by: 1 | -1) => void;
  search: () => void;
};

/** Commands of the tiles, the same object for as long as the session is shown. */
export function useTileCommands(given: Given): TileCommands {
  const latest = useRef(given);
  latest.current = given;
  return useMemo(
    () => ({
      open(id) {
        latest.current.setCurrentId(id);
        latest.current.open(id);
      },
      select(id, how) {
        latest.current.setCurrentId(id);
        if (how === "toggle") latest.current.select({ type: "toggle", id });
        else latest.current.select({ type: "range", id, order: latest.current.order });
      },
      focus: (id) => latest.current.setCurrentId(id),
      redo: (id) => redo(latest.current, id),
      download: (id) => download(latest.current, id),
      step: (by) => latest.current.step.move(by),
      resize: (by) => latest.current.resize(by),
      search: () => latest.current.search(),
    }),
    [],
  );
}

/** A failed one goes in line again at once, unless the same again cannot help; others ask for a prompt first. */
function redo({ store, step, actions, askRedo, askNow }: Given, tileId: string) {
  const item = tileOf(store.get(), tileId, step.place);
  if (item && mayGoNow(item)) askNow([item.id]);
  if (!item || groupOf(item.status) === "in-progress") return;
  if (item.chain?.absent) {
    void actions.runPlace(item.stepPosition, [item.inputId]);
    return;
  }
  // Of one that was not run, it is the failed step before it that is tried again.
  const cause = item.needs === null ? item : tileOf(store.get(), tileId, item.needs);
  if (cause && needsOtherWords(cause)) {
    askRedo("retry", [cause.id]);
    return;
  }
  if (groupOf(item.status) !== "completed") {
    void actions.retry([item.id]);
    return;
  }
  askRedo("regenerate", [item.id]);
}

function download({ store, view, step }: Given, tileId: string) {
  const { inputs } = store.get();
  const item = tileOf(store.get(), tileId, step.place);
  const input = inputs.get(item?.inputId ?? "");
  if (!item?.imageId || !input) return;
  const name = resultName({ item, input, view, last: step.last });
  const link = document.createElement("a");
  link.href = downloadUrl(item.imageId, name);
  link.download = name;
  link.click();
}
