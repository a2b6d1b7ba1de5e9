"use client";

import { useMemo } from "react";
import { useToast } from "@/components/ui/toast";
import { randomId } from "@/components/uploads/random-id";
import {
  addStep,
  duplicateStep,
  type EditedChain,
  moveStep,
  removeStep,
  replaceStep,
} from "@/lib/steps/edit-chain";
import type { ChainStep } from "@/lib/steps/types";
import type { ChainKeeper } from "./chain-keeper";
import { repointedWords } from "./step-words";
import { undoEdit } from "./undo-edit";

export type ChainEdits = {
  /** Ids of what came, for whoever shows it next; null when there is no room. */
  add: () => string | null;
  duplicate: (place: number) => string | null;
  remove: (place: number) => void;
  move: (place: number, to: number) => void;
  replace: (place: number, change: Partial<Omit<ChainStep, "id">>) => void;
};

/** Changes of a chain. What others had to do for it is said, and can be undone. */
export function useChainEdits(keeper: ChainKeeper): ChainEdits {
  const toast = useToast();
  return useMemo(() => {
    const now = () => keeper.get().steps;
    function apply(edited: EditedChain, done: string | null = null) {
      const before = now();
      keeper.change({ steps: edited.chain });
      const others = repointedWords(edited);
      if (!done && !others) return;
      toast.show({
        text: [done, others].filter(Boolean).join(" "),
        action: { label: "Undo", onPress: () => keeper.change({ steps: undoEdit(before, now()) }) },
      });
    }
    const grow = (edited: EditedChain, id: string) => {
      if (edited.chain.length === now().length) return null;
      apply(edited);
      return id;
    };
    return {
      add() {
        const id = randomId();
        return grow(addStep(now(), { id }), id);
      },
      duplicate(place) {
        const id = randomId();
        return grow(duplicateStep(now(), place, id), id);
      },
      remove(place) {
        if (now().length > 1) apply(removeStep(now(), place), `Step ${place} deleted.`);
      },
      move(place, to) {
        const inside = to >= 1 && to <= now().length && to !== place;
        if (inside) apply(moveStep(now(), place, to), `Step ${place} is step ${to} now.`);
      },
      replace: (place, change) => apply(replaceStep(now(), place, change)),
    };
  }, [keeper, toast]);
}
