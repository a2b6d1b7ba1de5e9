import type { Result } from "@/lib/result";
import type { SessionSettings } from "@/lib/sessions/types";

export type Draft = { prompt: string; settings: SessionSettings };

export type SaveState =
  | { kind: "none" }
  | { kind: "saving" }
  | { kind: "saved"; at: Date }
  /** `elsewhere`: another tab saved later; trying again would overwrite it. */
  | { kind: "failed"; words: string; elsewhere: boolean };

export type KeptDraft = Draft & { name: string; sessionId: string | null; save: SaveState };

/** The server actions it saves with. Calls may throw when the network is away. */
export type DraftActions = {
  create(draft: Draft & { intent: string; name?: string }): Promise<Result<{ id: string }>>;
  save(draft: Draft & { sessionId: string; draftVersion: number }): Promise<Result<{ draftVersion: number }>>;
  rename(change: { sessionId: string; name: string }): Promise<Result>;
};

/** What a page leaves to the next one of its tab. */
export type LeftDraft = {
  /** The last version it heard of. */
  draftVersion: number;
  draft: Draft;
  /** What it has not heard to be saved, oldest first; `draft` comes last unless all is safe. */
  unsaved: Draft[];
};

type Start = Draft & { name: string; sessionId: string | null; draftVersion: number; intent: string };

const WAIT_MS = 600;
const AWAY = "The server can't be reached.";

/** Holds a draft's text and saves it 600 ms after the last change, one request at a time, newest text last. */
export class DraftKeeper {
  private state: KeptDraft;
  private version: number;
  private readonly versionShown: number;
  /** Sent, and nobody knows whether it arrived: it is sent again before anything newer. */
  private unsure: Draft[] = [];
  private sending: Draft | null = null;
  /** As the page has it, which may be older than the name given here. */
  private nameShown: string;
  private readonly intent: string;
  private dirty = false;
  private named = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<boolean> | null = null;
  private renaming: Promise<unknown> = Promise.resolve();
  private readonly listeners = new Set<() => void>();

  constructor(
    { draftVersion, intent, ...start }: Start,
    private readonly actions: DraftActions,
  ) {
    this.state = { ...start, save: { kind: "none" } };
    this.version = draftVersion;
    this.versionShown = draftVersion;
    this.nameShown = start.name;
    this.intent = intent;
  }

  readonly get = (): KeptDraft => this.state;

  /** Whether this knows all that a page shows, and was not overtaken. A name given elsewhere since is taken over. */
  knows({ draftVersion, name }: { draftVersion: number; name: string }): boolean {
    const { save } = this.state;
    if (this.version < draftVersion || (save.kind === "failed" && save.elsewhere)) return false;
    if (name !== this.nameShown) this.set({ name });
    this.nameShown = name;
    return true;
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  change(change: Partial<Draft>) {
    this.dirty = true;
    this.set(change);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), WAIT_MS);
  }

  async rename(name: string): Promise<boolean> {
    const before = this.state.name;
    this.set({ name });
    if (!this.state.sessionId) {
      this.named = true;
      return this.flush();
    }
    const { sessionId } = this.state;
    const renaming = attempt(() => this.actions.rename({ sessionId, name }));
    this.renaming = renaming;
    const answer = await renaming;
    if (!answer.ok) this.set({ name: before });
    return answer.ok;
  }

  /** The session's id, made now if there is none; null when that failed. */
  async ensure(): Promise<string | null> {
    if (!this.state.sessionId) {
      this.dirty = true;
      await this.flush();
    }
    return this.state.sessionId;
  }

  /** Saves what is not saved yet; false when that failed. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    // Whoever waits for the draft to be safe, to leave the page say, waits for its name too.
    await this.renaming;
    if (this.saving) {
      if (!(await this.saving)) return false;
      return this.flush();
    }
    if (!this.dirty && !this.named) return true;
    this.saving = this.saveOnce();
    const saved = await this.saving;
    this.saving = null;
    return saved && this.dirty ? this.flush() : saved;
  }

  /** For a page that is left, whose requests are not answered to anybody. Null when nothing changed or it was given up. */
  left(): LeftDraft | null {
    const { prompt, settings, sessionId, save } = this.state;
    if (!sessionId || (save.kind === "failed" && save.elsewhere)) return null;
    const draft = { prompt, settings };
    const unsaved = [...this.unsure];
    if (this.sending && !unsaved.includes(this.sending)) unsaved.push(this.sending);
    if (this.dirty) unsaved.push(draft);
    // A page is asked for while the one before still saves, so it may show less than was saved by the time it is there.
    const isOlder = unsaved.length > 0 || this.version > this.versionShown;
    return isOlder ? { draftVersion: this.version, draft, unsaved } : null;
  }

  /** Goes on where the page before was left. Its requests may have arrived or not, or be on their way still. */
  async takeOver({ draftVersion, draft, unsaved }: LeftDraft): Promise<boolean> {
    if (unsaved.length === 0 && draftVersion <= this.version) return true;
    this.version = draftVersion;
    this.unsure = unsaved.slice(0, -1);
    this.dirty = unsaved.length > 0;
    this.set(draft);
    return this.flush();
  }

  private async saveOnce(): Promise<boolean> {
    this.named = false;
    this.set({ save: { kind: "saving" } });
    const answer = await attempt(() =>
      this.state.sessionId ? this.save(this.state.sessionId) : this.create(),
    );
    if (answer.ok) {
      this.set({ save: { kind: "saved", at: new Date() } });
      return true;
    }
    this.dirty = true;
    this.set({ save: { kind: "failed", words: answer.words, elsewhere: answer.reason === "conflict" } });
    return false;
  }

  private async create(): Promise<Result<unknown>> {
    const { prompt, settings, name } = this.state;
    this.dirty = false;
    const answer = await this.actions.create({ intent: this.intent, name, prompt, settings });
    if (answer.ok) this.set({ sessionId: answer.value.id });
    return answer;
  }

  private async save(sessionId: string): Promise<Result<unknown>> {
    for (const earlier of [...this.unsure]) {
      const answer = await this.send(sessionId, earlier);
      if (!answer.ok) return answer;
      this.unsure = this.unsure.filter((one) => one !== earlier);
    }
    const { prompt, settings } = this.state;
    this.dirty = false;
    return this.send(sessionId, { prompt, settings });
  }

  private async send(sessionId: string, draft: Draft): Promise<Result<unknown>> {
    this.sending = draft;
    try {
      const answer = await this.actions.save({ ...draft, sessionId, draftVersion: this.version });
      if (answer.ok) this.version = answer.value.draftVersion;
      return answer;
    } catch (error) {
      if (!this.unsure.includes(draft)) this.unsure.push(draft);
      throw error;
    } finally {
      this.sending = null;
    }
  }

  private set(change: Partial<KeptDraft>) {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

async function attempt<T>(run: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await run();
  } catch {
    return { ok: false, reason: "away", words: AWAY };
  }
}
