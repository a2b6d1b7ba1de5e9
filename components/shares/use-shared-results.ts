"use client";

import { useEffect, useState } from "react";
import type { SharedResult, SharedRowsAnswer } from "@/lib/shares/types";

const ASK_AGAIN_MS = 10_000;

export type SharedState = {
  title: string;
  total: number;
  open: boolean;
  rows: readonly SharedResult[];
  /** The link ended while it was looked at. */
  ended: boolean;
  /** A picture did not come: asks whether the link still works, unless that was just asked. */
  recheck: () => void;
};

const RECHECK_MS = 5_000;

/** Results of a link: the remaining pages, then what is new while the run goes on. */
export function useSharedResults(token: string, first: SharedRowsAnswer): SharedState {
  const [answer, setAnswer] = useState({ ...first, ended: false });
  const [round, setRound] = useState({ number: 0, at: 0 });
  const recheck = () =>
    setRound((now) => (Date.now() - now.at < RECHECK_MS ? now : { number: now.number + 1, at: Date.now() }));
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function load() {
      clearTimeout(timer);
      if (document.hidden) return;
      const next = await loadAll(token, abort.signal);
      if (abort.signal.aborted) return;
      if (next) setAnswer(next);
      if (!next || (next.open && !next.ended)) timer = setTimeout(load, ASK_AGAIN_MS);
    }
    if (first.next !== null || round.number > 0) void load();
    else if (first.open) timer = setTimeout(load, ASK_AGAIN_MS);
    // On return at once: the link may have ended meanwhile.
    document.addEventListener("visibilitychange", load);
    return () => {
      abort.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", load);
    };
  }, [token, first, round.number]);
  return { ...answer, recheck };
}

/** Null when the server does not answer now: what is shown stays. */
async function loadAll(token: string, signal: AbortSignal) {
  const rows: SharedResult[] = [];
  let after = 0;
  try {
    for (;;) {
      const response = await fetch(`/api/shares/${token}/rows?after=${after}`, { signal });
      if (response.status === 404) return { ...EMPTY, ended: true };
      if (!response.ok) return null;
      const answer: SharedRowsAnswer = await response.json();
      rows.push(...answer.rows);
      if (answer.next === null) return { ...answer, rows, ended: false };
      after = answer.next;
    }
  } catch {
    return null;
  }
}

const EMPTY: SharedRowsAnswer = {
  title: "",
  options: { originals: false, prompts: false, names: false, download: false },
  total: 0,
  open: false,
  rows: [],
  next: null,
};
