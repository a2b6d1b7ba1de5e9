import type { SaveState } from "@/components/inputs/draft-keeper";
import type { Result } from "@/lib/result";
import type { SessionSettings } from "@/lib/sessions/types";
import type { ChainAnswer, ChainStep } from "@/lib/steps/types";
import { SaveLoop } from "./save-loop";
import type { UnsavedChain } from "./unsaved-chain";

/** What a chain is made of, and what all its steps inherit. */
export type Chain = { name: string; settings: SessionSettings; steps: readonly ChainStep[] };

export type KeptChain = Chain & {
  sessionId: string | null;
  /** Ids of the steps as the server has them, in order: the rows of results are numbered by it. */
  savedOrder: readonly string[];
  save: SaveState;
  /** Another writer was faster: what they changed, in words. Nothing is saved until one side is chosen. */
  conflict: string | null;
};

/** What it saves with. Calls may throw when the network is away. */
export type ChainActions = {
  create(chain: Chain & { intent: string }): Promise<Result<{ id: string }>>;
  save(change: {
    sessionId: string;
    chainVersion: number;
    steps: ChainStep[];
    settings?: SessionSettings;
  }): Promise<Result<{ chainVersion: number }>>;
  rename(change: { sessionId: string; name: string }): Promise<Result>;
  read(sessionId: string): Promise<Result<ChainAnswer>>;
};

type Start = Chain & { sessionId: string | null; chainVersion: number; intent: string };

const AWAY = "The server can't be reached.";

/** Holds a chain and saves it 600 ms after the last change. A second writer is never overwritten unasked. */
export class ChainKeeper {
  private state: KeptChain;
  private version: number;
  private readonly intent: string;
  /** Settings are sent only where they were changed here: another tab's stay. */
  private settingsChanged = false;
  private renaming: Promise<unknown> = Promise.resolve();
  private readonly loop = new SaveLoop(() => this.saveOnce());
  private readonly listeners = new Set<() => void>();

  constructor(
    { chainVersion, intent, ...start }: Start,
    private readonly actions: ChainActions,
  ) {
    const savedOrder = start.steps.map(({ id }) => id);
    this.state = { ...start, savedOrder, save: { kind: "none" }, conflict: null };
    this.version = chainVersion;
    this.intent = intent;
  }

  readonly get = (): KeptChain => this.state;

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  change(change: Partial<Pick<Chain, "steps" | "settings">>) {
    if (change.settings) this.settingsChanged = true;
    this.set(change);
    // Without a session there is nothing to save into yet.
    if (this.state.sessionId) this.loop.touch();
  }

  async rename(name: string): Promise<boolean> {
    const before = this.state.name;
    this.set({ name });
    const { sessionId } = this.state;
    if (!sessionId) return true;
    const renaming = attempt(() => this.actions.rename({ sessionId, name }));
    this.renaming = renaming;
    const answer = await renaming;
    if (!answer.ok) this.set({ name: before });
    return answer.ok;
  }

  /** The session's id, made now if there is none; null when that failed. */
  async ensure(): Promise<string | null> {
    if (!this.state.sessionId) {
      this.loop.mark();
      await this.loop.flush();
    }
    return this.state.sessionId;
  }

  /** Saves what is not saved yet; false when that failed. */
  async flush(): Promise<boolean> {
    await this.renaming;
    return this.loop.flush();
  }

  /** The chain has another version on the server. What is changed here and not saved stays: saving it will tell. */
  async follow(chainVersion: number): Promise<boolean> {
    const { sessionId } = this.state;
    if (!sessionId || chainVersion <= this.version || this.loop.isOpen || this.state.conflict) return false;
    const answer = await attempt(() => this.actions.read(sessionId));
    // Changed here or saved meanwhile.
    if (!answer.ok || this.loop.isOpen || answer.value.chainVersion <= this.version) return false;
    this.take(answer.value);
    return true;
  }

  /** What all steps inherit, as another tab saved it. */
  adoptSettings(settings: SessionSettings) {
    if (!this.settingsChanged && !this.loop.isOpen) this.set({ settings });
  }

  /** For a page that is left, whose requests nobody hears answered. Null when all is safe. */
  unsaved(): UnsavedChain | null {
    const { sessionId, steps } = this.state;
    return sessionId && this.loop.isOpen ? { chainVersion: this.version, steps } : null;
  }

  /** Goes on where the page before was left. Was its last save heard after all, there is nothing to do. */
  takeOver({ chainVersion, steps }: UnsavedChain) {
    if (sameSteps(steps, this.state.steps)) return;
    this.version = chainVersion;
    this.change({ steps });
  }

  /** Ends a conflict: saves what is here over what the other writer saved. */
  async keepMine(): Promise<boolean> {
    const answer = await this.readNewest();
    if (!answer.ok) return false;
    this.version = answer.value.chainVersion;
    this.set({ conflict: null, savedOrder: answer.value.steps.map(({ id }) => id) });
    this.loop.mark();
    return this.loop.flush();
  }

  /** Ends a conflict: takes what the other writer saved, and gives back what was here. Null when it can't be read. */
  async takeTheirs(): Promise<readonly ChainStep[] | null> {
    const mine = this.state.steps;
    const answer = await this.readNewest();
    if (!answer.ok) return null;
    this.loop.forget();
    this.settingsChanged = false;
    this.take(answer.value);
    return mine;
  }

  private async readNewest(): Promise<Result<ChainAnswer>> {
    const { sessionId } = this.state;
    if (!sessionId) return { ok: false, reason: "away", words: AWAY };
    const answer = await attempt(() => this.actions.read(sessionId));
    if (!answer.ok) this.set({ save: { kind: "failed", words: answer.words, elsewhere: false } });
    return answer;
  }

  private take({ steps, chainVersion }: ChainAnswer) {
    this.version = chainVersion;
    this.set({ steps, savedOrder: steps.map(({ id }) => id), conflict: null, save: { kind: "none" } });
  }

  private async saveOnce(): Promise<boolean> {
    if (this.state.conflict) return false;
    this.set({ save: { kind: "saving" } });
    const { sessionId } = this.state;
    const answer = sessionId ? await this.save(sessionId) : await this.create();
    if (answer.ok) {
      this.set({ save: { kind: "saved", at: new Date() } });
      return true;
    }
    if (answer.reason === "conflict") this.set({ save: { kind: "none" }, conflict: answer.words });
    else this.set({ save: { kind: "failed", words: answer.words, elsewhere: false } });
    return false;
  }

  private async create(): Promise<Result<unknown>> {
    const { name, settings, steps } = this.state;
    const answer = await attempt(() => this.actions.create({ intent: this.intent, name, settings, steps }));
    if (answer.ok) this.set({ sessionId: answer.value.id, savedOrder: steps.map(({ id }) => id) });
    return answer;
  }

  private async save(sessionId: string): Promise<Result<unknown>> {
    const { settings, steps } = this.state;
    const withSettings = this.settingsChanged ? { settings } : {};
    this.settingsChanged = false;
    const answer = await attempt(() =>
      this.actions.save({ sessionId, chainVersion: this.version, steps: [...steps], ...withSettings }),
    );
    if (answer.ok) {
      this.version = answer.value.chainVersion;
      this.set({ savedOrder: steps.map(({ id }) => id) });
    } else if ("settings" in withSettings) this.settingsChanged = true;
    return answer;
  }

  private set(change: Partial<KeptChain>) {
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

/** Whatever order their fields came in: the database has its own. */
function sameSteps(a: readonly ChainStep[], b: readonly ChainStep[]): boolean {
  return JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder);
}

function inOrder(_: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
