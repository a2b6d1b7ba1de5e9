"use client";

import { useMemo } from "react";
import { ORIGINAL } from "@/lib/steps/constants";
import { lastPlace } from "./chain-rows";
import type { SessionStore } from "./session-store";
import { useFeed } from "./use-session-feed";

export type ShownStep = {
  /** The step whose results the tiles are; null where the session has one. */
  place: number | null;
  /** The originals are shown in their place; states and actions stay those of `place`. */
  original: boolean;
  /** Steps to choose from; empty where the session has one. */
  places: readonly number[];
  /** The step that stands for the session; null where it has one. */
  last: number | null;
  /** What the address says of it; null: the last one, which it need not say. */
  address: string | null;
  /** 0 the original. */
  show: (place: number) => void;
  move: (by: 1 | -1) => void;
};

/** Which step of a chain is looked at: the last one unless the address says another. */
export function useShownStep(
  store: SessionStore,
  asked: string | null,
  set: (changes: Record<string, string | null>) => void,
): ShownStep {
  const steps = useFeed(store, (state) => state.chain.steps);
  const isChain = useFeed(store, (state) => state.chains !== null);
  const last = useFeed(store, (state) => lastPlace(state.chain.steps, state.chains));
  return useMemo(() => {
    if (!isChain) return ONE_STEP;
    const places = steps.flatMap(({ enabled }, at) => (enabled ? [at + 1] : []));
    const all = [ORIGINAL, ...places];
    const shown = asked === null ? last : (all.find((one) => String(one) === asked) ?? last);
    const addressOf = (place: number) => (place === last ? null : String(place));
    // Keys come quicker than pages are drawn.
    let now = shown;
    const show = (place: number) => {
      now = place;
      set({ step: addressOf(place) });
    };
    return {
      address: addressOf(shown),
      place: shown === ORIGINAL ? last : shown,
      original: shown === ORIGINAL,
      places,
      last,
      show,
      move(by) {
        const next = all[all.indexOf(now) + by];
        if (next !== undefined) show(next);
      },
    };
  }, [isChain, steps, last, asked, set]);
}

/** Tiles are items. */
export const ONE_STEP: ShownStep = {
  place: null,
  original: false,
  places: [],
  last: null,
  address: null,
  show: () => undefined,
  move: () => undefined,
};
