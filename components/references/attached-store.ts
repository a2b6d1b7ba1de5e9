import type { AttachedAnswer, AttachedRow } from "@/lib/inputs/wire";

/** What goes along with one input. */
export type AttachedToInput = { mask: AttachedRow | null; references: number };

export type AttachedState = {
  /** In the order of use; of each image at most its newest mask counts. */
  rows: readonly AttachedRow[];
  byInput: ReadonlyMap<string, AttachedToInput>;
  /** The server has answered at least once. */
  loaded: boolean;
};

export const NOTHING_ATTACHED: AttachedState = { rows: [], byInput: new Map(), loaded: false };

const LOOKED_AT_MS = 500;
const AWAY_MS = 4_000;

const stores = new Map<string, AttachedStore>();

/** References and masks of a session, one store a tab. */
export function attachedOf(sessionId: string): AttachedStore {
  const known = stores.get(sessionId);
  if (known) return known;
  const made = new AttachedStore(sessionId);
  if (typeof window !== "undefined") stores.set(sessionId, made);
  return made;
}

/** Follows the server: asks when told to, and again while files are being looked at. One request at a time. */
export class AttachedStore {
  private state = NOTHING_ATTACHED;
  private revision = -1;
  private asking: Promise<void> | null = null;
  /** The one question after the one under way, for all who ask meanwhile. */
  private next: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(readonly sessionId: string) {}

  readonly get = (): AttachedState => this.state;

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Resolves when an answer that was asked for after this call has come, or none could. */
  load(): Promise<void> {
    clearTimeout(this.timer);
    if (!this.asking) {
      this.asking = this.ask().finally(() => {
        this.asking = null;
      });
      return this.asking;
    }
    this.next ??= this.asking.then(() => {
      this.next = null;
      return this.load();
    });
    return this.next;
  }

  /** Shows a removal at once; the next answer is what stays. */
  drop(ids: readonly string[]) {
    this.revision = -1;
    this.set(this.state.rows.filter(({ id }) => !ids.includes(id)));
  }

  private async ask(): Promise<void> {
    try {
      const path = `/api/sessions/${this.sessionId}/inputs/attached?since=${this.revision}`;
      const response = await fetch(path);
      if (response.ok) {
        const answer: AttachedAnswer = await response.json();
        this.revision = answer.revision;
        this.set(answer.attached);
      }
      if (response.ok || response.status === 304) this.askAgainAfter(LOOKED_AT_MS);
    } catch {
      this.askAgainAfter(AWAY_MS);
    }
  }

  private askAgainAfter(ms: number) {
    if (this.state.rows.some(({ state }) => state === "probing")) {
      this.timer = setTimeout(() => void this.load(), ms);
    }
  }

  private set(rows: readonly AttachedRow[]) {
    this.state = { rows, byInput: attachedByInput(rows), loaded: true };
    for (const listener of this.listeners) listener();
  }
}

/** Later masks are newer; one that was refused, or that never arrived, covers nothing. */
export function attachedByInput(rows: readonly AttachedRow[]): ReadonlyMap<string, AttachedToInput> {
  const found = new Map<string, AttachedToInput>();
  for (const row of rows) {
    if (row.forInputId === null || row.state === "refused") continue;
    if (row.role === "mask" && row.state === "uploading") continue;
    const before = found.get(row.forInputId) ?? { mask: null, references: 0 };
    const next =
      row.role === "mask" ? { ...before, mask: row } : { ...before, references: before.references + 1 };
    found.set(row.forInputId, next);
  }
  return found;
}
