import type { Refusal } from "@/lib/images/types";
import type { InputRow } from "@/lib/inputs/wire";
import { checkFile } from "./check-file";
import { matchWaiting } from "./match-waiting";
import type { Picked } from "./picked-files";
import { PromptFiles } from "./prompt-files";
import { registerFiles } from "./register-files";
import { Sender } from "./sender";
import { UploadQueue, type UploadSummary, type UploadTask } from "./upload-queue";
import { UploadSpeed } from "./upload-speed";
import { TO_THE_LIST, type UploadTarget } from "./upload-target";

export type RefusedFile = { name: string; path: string; refusal: Refusal };

export type UploadState = {
  summary: UploadSummary;
  /** Estimated time left, ms; null when unknown. */
  leftMs: number | null;
  /** Files being looked at or given their rows. */
  adding: number;
  /** Files this page did not take. */
  refused: readonly RefusedFile[];
  /** Chosen again but here already. */
  skipped: number;
  /** Files whose rows could not be made, and why. */
  unregistered: { count: number; words: string } | null;
  /** Why everything stands still, for people. */
  halted: string | null;
};

const stores = new Map<string, UploadStore>();

/** Uploads of a session. They belong to the tab, not to a page, so moving between pages does not stop them. */
export function uploadsOf(sessionId: string): UploadStore {
  return storeFor(sessionId, "list");
}

/** Uploads of references. Apart from those of the list, whose numbers tell when a session can start. */
export function referenceUploadsOf(sessionId: string): UploadStore {
  return storeFor(sessionId, "references");
}

function storeFor(sessionId: string, what: string): UploadStore {
  const key = `${sessionId} ${what}`;
  const known = stores.get(key);
  if (known) return known;
  const made = new UploadStore(sessionId);
  // The server renders the page too, for many people; it keeps nothing.
  if (typeof window !== "undefined") stores.set(key, made);
  return made;
}

export class UploadStore {
  readonly promptFiles = new PromptFiles();
  private readonly queue = new UploadQueue(Math.random);
  private readonly files = new Map<string, File>();
  private readonly speed = new UploadSpeed();
  private readonly listeners = new Set<() => void>();
  private readonly sender: Sender;
  private unregistered: readonly { picked: readonly Picked[]; target: UploadTarget }[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private state: UploadState = {
    summary: this.queue.summary(),
    leftMs: null,
    adding: 0,
    refused: [],
    skipped: 0,
    unregistered: null,
    halted: null,
  };

  constructor(readonly sessionId: string) {
    this.sender = new Sender(this.queue, {
      fileOf: (inputId) => this.fileOf(inputId),
      onChange: () => this.tell(),
      onHalt: (words) => this.set({ halted: words }),
    });
  }

  readonly get = (): UploadState => this.state;

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  task(inputId: string): UploadTask | undefined {
    return this.queue.get(inputId);
  }

  fileOf(inputId: string): File | null {
    return this.files.get(inputId) ?? null;
  }

  /** Whether all files that this page gave rows are among these. */
  allAmong(rows: readonly { id: string }[]): boolean {
    const known = new Set(rows.map(({ id }) => id));
    return [...this.files.keys()].every((id) => known.has(id));
  }

  /** Checks files, finds the rows they belong to, gives the others rows, and sends them. Text files are prompts. */
  async add(given: readonly Picked[], rows: readonly InputRow[], target: UploadTarget = TO_THE_LIST) {
    const picked = target.role === "source" ? await this.promptFiles.takeFrom(given) : given;
    if (picked.length === 0) return;
    this.queue.forgetDone();
    this.speed.reset();
    this.set({ adding: this.state.adding + picked.length, skipped: 0, unregistered: null, halted: null });
    const { good, bad } = await sortOut(picked);
    const { resume, here, fresh } = matchWaiting({ picked: good, rows, sending: this.queue.openIds() });
    for (const { inputId, picked: one } of resume) this.enqueue(inputId, one.file);
    this.set({
      adding: this.state.adding - bad.length - here.length - resume.length,
      refused: [...this.state.refused, ...bad],
      skipped: here.length,
    });
    this.sender.pump();
    await this.register(fresh, target);
  }

  /** Tries again to give rows to the files that got none. */
  async addUnregistered() {
    const again = this.unregistered;
    this.unregistered = [];
    const { count = 0 } = this.state.unregistered ?? {};
    this.set({ unregistered: null, adding: this.state.adding + count });
    for (const { picked, target } of again) await this.register(picked, target);
  }

  pause() {
    this.sender.pause();
  }

  resume() {
    this.speed.reset();
    this.set({ halted: null });
    this.sender.resume();
  }

  /** One file, or all that failed. */
  retry(inputId?: string) {
    this.queue.retry(inputId);
    this.sender.pump();
    this.tell();
  }

  /** For rows taken out of the list. Undo puts them back with `restore`. */
  drop(inputIds: readonly string[]) {
    this.sender.abort(inputIds);
    for (const id of inputIds) this.queue.remove(id);
    this.tell();
  }

  /** Rows brought back: those whose bytes are missing go on. */
  restore(rows: readonly { id: string; state: string }[]) {
    for (const { id, state } of rows) {
      const file = this.fileOf(id);
      if (file && state === "uploading" && !this.queue.get(id)) this.enqueue(id, file);
    }
    this.sender.pump();
    this.tell();
  }

  forgetRefused() {
    this.set({ refused: [] });
  }

  private enqueue(inputId: string, file: File) {
    this.files.set(inputId, file);
    this.queue.add(inputId, file.size);
  }

  private async register(picked: readonly Picked[], target: UploadTarget) {
    let told = 0;
    for await (const answer of registerFiles(this.sessionId, picked, target)) {
      if (!answer.ok) {
        const rest = picked.slice(told);
        this.unregistered = [...this.unregistered, { picked: rest, target }];
        const count = this.unregistered.reduce((sum, group) => sum + group.picked.length, 0);
        const unregistered = { count, words: answer.words };
        this.set({ unregistered, adding: this.state.adding - rest.length });
        return;
      }
      told += answer.registered.length;
      for (const row of answer.registered) {
        if (row.state === "uploading") this.enqueue(row.inputId, row.picked.file);
      }
      this.set({ adding: this.state.adding - answer.registered.length });
      this.sender.pump();
    }
  }

  private set(change: Partial<UploadState>) {
    this.state = { ...this.state, ...change };
    this.tell();
  }

  // Progress comes hundreds of times a second; readers hear of it four times.
  private tell() {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const summary = this.queue.summary();
      const leftMs = this.speed.leftMs(summary.sentBytes, summary.bytes, performance.now());
      this.state = { ...this.state, summary, leftMs };
      for (const listener of this.listeners) listener();
    }, 250);
  }
}

const LOOKED_AT_ONCE = 16;

async function sortOut(picked: readonly Picked[]) {
  const good: Picked[] = [];
  const bad: RefusedFile[] = [];
  for (let from = 0; from < picked.length; from += LOOKED_AT_ONCE) {
    const some = picked.slice(from, from + LOOKED_AT_ONCE);
    const refusals = await Promise.all(some.map(({ file }) => checkFile(file)));
    for (const [index, one] of some.entries()) {
      const refusal = refusals[index];
      if (refusal) bad.push({ name: one.file.name, path: one.path, refusal });
      else good.push(one);
    }
  }
  return { good, bad };
}
