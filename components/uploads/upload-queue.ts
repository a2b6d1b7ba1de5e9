/** One file on its way. Objects are replaced, never changed, so that a reader may compare them. */
export type UploadTask = {
  inputId: string;
  bytes: number;
  /** Bytes the browser has handed over. */
  sentBytes: number;
  state: "waiting" | "sending" | "sent" | "failed";
  /** Failures in a row since a person last asked. */
  misses: number;
  /** Not before this time, ms. */
  notBefore: number;
  /** Why it failed, for people. */
  words: string | null;
};

export type UploadSummary = {
  total: number;
  sent: number;
  failed: number;
  /** Waiting or on the line. */
  open: number;
  bytes: number;
  sentBytes: number;
  paused: boolean;
};

const QUIET_RETRIES = 3;
const FIRST_WAIT_MS = 1_000;

/** Order and state of uploads; sends nothing itself. `random` is 0 to 1 and spreads the retries. */
export class UploadQueue {
  private readonly tasks = new Map<string, UploadTask>();
  private paused = false;

  constructor(private readonly random: () => number) {}

  get(inputId: string): UploadTask | undefined {
    return this.tasks.get(inputId);
  }

  add(inputId: string, bytes: number) {
    const fresh = { sentBytes: 0, state: "waiting", misses: 0, notBefore: 0, words: null } as const;
    this.tasks.set(inputId, { inputId, bytes, ...fresh });
  }

  /** Next to send, oldest first, when `free` lines are open. */
  due(now: number, free: number): string[] {
    const due: string[] = [];
    if (this.paused) return due;
    for (const task of this.tasks.values()) {
      if (due.length >= free) break;
      if (task.state === "waiting" && task.notBefore <= now) due.push(task.inputId);
    }
    return due;
  }

  /** When something that waits becomes due, ms; null if nothing waits. */
  nextDue(): number | null {
    const waiting = this.all().filter((task) => task.state === "waiting");
    if (this.paused || waiting.length === 0) return null;
    return waiting.reduce((soonest, task) => Math.min(soonest, task.notBefore), Number.POSITIVE_INFINITY);
  }

  begin(inputId: string) {
    this.change(inputId, { state: "sending", sentBytes: 0 });
  }

  progress(inputId: string, sentBytes: number) {
    this.change(inputId, { sentBytes });
  }

  sent(inputId: string) {
    this.change(inputId, { state: "sent", sentBytes: this.get(inputId)?.bytes ?? 0 });
  }

  /** Back in line without blame: paused, or the network is away. */
  putBack(inputId: string) {
    this.change(inputId, { state: "waiting", sentBytes: 0 });
  }

  /** Failed in a way that may pass: tried again 3 times after 1, 2 and 4 s, then left to the person. */
  missed(inputId: string, words: string, now: number) {
    const misses = (this.get(inputId)?.misses ?? 0) + 1;
    if (misses > QUIET_RETRIES) return this.failed(inputId, words);
    const wait = FIRST_WAIT_MS * 2 ** (misses - 1) * (0.75 + this.random() / 2);
    this.change(inputId, { state: "waiting", sentBytes: 0, misses, notBefore: now + wait });
  }

  failed(inputId: string, words: string) {
    this.change(inputId, { state: "failed", sentBytes: 0, words });
  }

  /** One file, or all that failed. */
  retry(inputId?: string) {
    for (const task of this.all()) {
      if (task.state !== "failed" || (inputId && task.inputId !== inputId)) continue;
      this.change(task.inputId, { state: "waiting", misses: 0, notBefore: 0, words: null });
    }
  }

  remove(inputId: string) {
    this.tasks.delete(inputId);
  }

  /** Forgets what is done once nothing is open, so that the next drop counts from zero. */
  forgetDone() {
    if (this.openIds().size > 0) return;
    for (const task of this.all()) if (task.state === "sent") this.remove(task.inputId);
  }

  /** Ids of files that are not over: theirs are the rows this page takes care of. */
  openIds(): Set<string> {
    return new Set(this.all().flatMap((task) => (isOpen(task) ? task.inputId : [])));
  }

  setPaused(paused: boolean) {
    this.paused = paused;
  }

  summary(): UploadSummary {
    return summarise(this.all(), this.paused);
  }

  private all(): UploadTask[] {
    return [...this.tasks.values()];
  }

  private change(inputId: string, change: Partial<UploadTask>) {
    const task = this.tasks.get(inputId);
    if (task) this.tasks.set(inputId, { ...task, ...change });
  }
}

function isOpen(task: UploadTask): boolean {
  return task.state === "waiting" || task.state === "sending";
}

function summarise(tasks: readonly UploadTask[], paused: boolean): UploadSummary {
  const summary = { total: tasks.length, sent: 0, failed: 0, open: 0, bytes: 0, sentBytes: 0, paused };
  for (const task of tasks) {
    if (task.state === "sent") summary.sent += 1;
    else if (task.state === "failed") summary.failed += 1;
    else summary.open += 1;
    summary.bytes += task.bytes;
    summary.sentBytes += task.sentBytes;
  }
  return summary;
}
