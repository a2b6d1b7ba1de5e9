import { Executor, type ExecutorOptions } from "./executor";
import type { FakeEvent, FakeFunction } from "./wire";

export type FakeInngestOptions = ExecutorOptions & {
  /** How often functions with a schedule run; 0: only when `tick` says so. */
  cronEveryMs?: number;
  /** Delays of each delivery of an event: one of 0 is usual, none loses it, two repeat it. */
  deliveries?: (event: FakeEvent) => number[];
};

/** An Inngest server in memory: takes events, drops repeats, runs what waits for them. What it holds dies with it. */
export class FakeInngest {
  readonly executor: Executor;
  /** Without repeats. */
  readonly received: FakeEvent[] = [];
  private readonly deliveries: (event: FakeEvent) => number[];
  private functions: FakeFunction[] = [];
  private readonly seen = new Set<string>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly under = new Set<Promise<void>>();

  constructor(options: FakeInngestOptions) {
    this.executor = new Executor(options);
    this.deliveries = options.deliveries ?? (() => [0]);
    if (options.cronEveryMs) this.timers.add(setInterval(() => void this.tick(), options.cronEveryMs));
  }

  register(functions: FakeFunction[]): { modified: boolean } {
    const modified = JSON.stringify(functions) !== JSON.stringify(this.functions);
    this.functions = functions;
    return { modified };
  }

  registered(): FakeFunction[] {
    return this.functions;
  }

  /** An event whose id came before starts nothing. */
  receive(event: FakeEvent): void {
    if (event.id) {
      if (this.seen.has(event.id)) return;
      this.seen.add(event.id);
    }
    this.received.push(event);
    for (const delayMs of this.deliveries(event)) this.later(event, delayMs);
  }

  private later(event: FakeEvent, delayMs: number): void {
    const wait = Math.max((event.ts ?? 0) - Date.now(), delayMs);
    if (wait <= 0) {
      this.start(event);
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.start(event);
    }, wait);
    this.timers.add(timer);
  }

  /** Runs everything that has a schedule, once. */
  async tick(): Promise<void> {
    const scheduled = this.functions.filter(({ triggers }) => triggers.some(({ cron }) => cron));
    const timer = { name: "inngest/scheduled.timer", data: {} };
    await Promise.all(scheduled.map((fn) => this.executor.run(fn, timer)));
  }

  /** Resolves when nothing runs; delayed events are not waited for. */
  async idle(): Promise<void> {
    while (this.under.size > 0) await Promise.all(this.under);
  }

  stop(): void {
    this.executor.stop();
    for (const timer of this.timers) clearInterval(timer);
  }

  private start(event: FakeEvent): void {
    for (const fn of this.functions.filter((one) => waitsFor(one, event))) {
      const run = this.executor.run(fn, event, ({ id, error }) =>
        this.receive({
          name: "inngest/function.failed",
          data: { function_id: fn.id, run_id: id, error, event },
        }),
      );
      this.under.add(run);
      void run.finally(() => this.under.delete(run));
    }
  }
}

function waitsFor({ triggers }: FakeFunction, { name, data }: FakeEvent): boolean {
  return triggers.some(
    ({ event, expression }) =>
      event === name &&
      (!expression || expression === `event.data.function_id == '${String(data.function_id)}'`),
  );
}
