import type { ChangesAnswer, RowsAnswer } from "@/lib/sessions/wire";
import type { ChainAnswer } from "@/lib/steps/types";
import { applyChain, applyChanges, applyRows, type Connection } from "./feed-state";
import { pollDelay, retryDelay } from "./poll-delay";
import type { SessionStore } from "./session-store";

export type SessionFeed = {
  /** Asks at once: something was just changed, or the page came back into view. */
  poke(): void;
  stop(): void;
};

const DEFAULT_MS = 2_000;
const MISSES_TO_TELL = 2;
const HIDDEN_MS = 60_000;

/**
 * Keeps a store up to date. One request at a time, so that answers can never overtake each other; none while
 * `isHidden` (one a minute if `watches`: someone wants to be told of the end), none by itself while `isPaused`, none
 * once stopped. A chain that another page changed comes first, then rows not yet loaded, then changes at the pace the server asks for.
 */
export function startFeed(
  store: SessionStore,
  {
    isHidden,
    watches = () => false,
    isPaused = () => false,
    ask = fetch,
  }: { isHidden: () => boolean; watches?: () => boolean; isPaused?: () => boolean; ask?: typeof fetch },
): SessionFeed {
  const abort = new AbortController();
  const talk: Talk = { store, ask, signal: abort.signal, misses: 0, askedMs: DEFAULT_MS, empty: 0 };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let again = false;

  async function turn() {
    clearTimeout(timer);
    if (abort.signal.aborted || (isHidden() && !watches())) return;
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    const delay = await askOnce(talk);
    busy = false;
    if (abort.signal.aborted || ended(store)) return;
    const now = again;
    again = false;
    if (now) void turn();
    else if (delay !== null && !isPaused())
      timer = setTimeout(turn, isHidden() ? Math.max(delay, HIDDEN_MS) : delay);
  }
  return {
    poke: () => {
      talk.empty = 0;
      void turn();
    },
    stop: () => {
      abort.abort();
      clearTimeout(timer);
    },
  };
}

type Talk = {
  store: SessionStore;
  ask: typeof fetch;
  signal: AbortSignal;
  /** Failures in a row. */
  misses: number;
  /** What the server asked for last, ms. */
  askedMs: number | null;
  /** Answers in a row that brought nothing. */
  empty: number;
};

/** One request; how long to wait for the next, ms, or null: until something happens here. */
async function askOnce(talk: Talk): Promise<number | null> {
  try {
    const delay = await loadWhatIsMissing(talk);
    talk.misses = 0;
    return delay;
  } catch {
    talk.misses += 1;
    if (talk.misses >= MISSES_TO_TELL) setConnection(talk.store, "reconnecting");
    return retryDelay(talk.misses, Math.random());
  }
}

function loadWhatIsMissing(talk: Talk): Promise<number | null> {
  const { chain, pulse, nextPage } = talk.store.get();
  if (chain.chainVersion < pulse.chainVersion) return loadChain(talk);
  return nextPage === null ? loadChanges(talk) : loadRows(talk);
}

async function loadChain({ store, ask, signal }: Talk): Promise<number> {
  const response = await ask(`/api/sessions/${store.sessionId}/chain`, { signal });
  if (!heard(store, response)) return 0;
  const answer: ChainAnswer = await response.json();
  store.set((state) => applyChain(state, answer));
  return 0;
}

async function loadRows({ store, ask, signal }: Talk): Promise<number> {
  const { nextPage } = store.get();
  const query = nextPage === undefined ? "" : `?after=${nextPage}`;
  const response = await ask(`/api/sessions/${store.sessionId}/rows${query}`, { signal });
  if (!heard(store, response)) return 0;
  const answer: RowsAnswer = await response.json();
  store.set((state) => applyRows(state, answer));
  return 0;
}

async function loadChanges(talk: Talk): Promise<number | null> {
  const { store, ask, signal } = talk;
  const { cursor } = store.get();
  const response = await ask(`/api/sessions/${store.sessionId}/changes?since=${cursor}`, {
    headers: { "If-None-Match": `"${cursor}"` },
    signal,
  });
  if (response.status === 304) {
    hear(store, response);
    talk.empty += 1;
    return pollDelay(talk.askedMs, talk.empty);
  }
  if (!heard(store, response)) return null;
  const answer: ChangesAnswer = await response.json();
  talk.empty = answer.cursor === cursor ? talk.empty + 1 : 0;
  talk.askedMs = answer.nextMs;
  store.set((state) => applyChanges(state, answer));
  const more = answer.reset || answer.chainVersion > store.get().chain.chainVersion;
  return more ? 0 : pollDelay(talk.askedMs, talk.empty);
}

/** Whether the answer can be read. Signed out and deleted end the feed; anything else unreadable is a miss. */
function heard(store: SessionStore, response: Response): boolean {
  if (response.status === 401) return setConnection(store, "signed-out");
  if (response.status === 404) return setConnection(store, "gone");
  if (!response.ok) throw new Error(`answered ${response.status}`);
  hear(store, response);
  return true;
}

function hear(store: SessionStore, response: Response) {
  const now = Date.now();
  const date = Date.parse(response.headers.get("date") ?? "");
  // The header has whole seconds; half of one is its mean error.
  const measured = Number.isNaN(date) ? 0 : date + 500 - now;
  store.set((state) => ({
    ...state,
    connection: "live",
    answeredAt: now,
    // Small differences are noise: taking them over would make every clock on the page jump.
    clockOffsetMs: Math.abs(measured - state.clockOffsetMs) > 2_000 ? measured : state.clockOffsetMs,
  }));
}

function setConnection(store: SessionStore, connection: Connection): false {
  store.set((state) => (state.connection === connection ? state : { ...state, connection }));
  return false;
}

function ended(store: SessionStore): boolean {
  const { connection } = store.get();
  return connection === "signed-out" || connection === "gone";
}
