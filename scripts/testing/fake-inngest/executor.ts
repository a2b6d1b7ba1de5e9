import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { Bounds } from "./bounds";
import { signed } from "./sign";
import { type FakeEvent, type FakeFunction, type Op, opSchema } from "./wire";

export type ExecutorOptions = {
  /** Makes one HTTP request of the app; `fetch`, or its handler in this process. */
  call: (
    url: string,
    init: { method: "POST"; headers: Record<string, string>; body: string },
  ) => Promise<Response>;
  signingKey?: string;
  /** Wait before a call is made again. */
  retryMs?: number;
  /** The first answer of every step is lost, so that each runs twice. */
  loseAnswers?: boolean;
  /** Steps are told one by one while a call goes on, as newer servers want it; else each is a call. */
  checkpoints?: boolean;
};

type Run = {
  id: string;
  fn: FakeFunction;
  event: FakeEvent;
  steps: Map<string, { type: "data"; data: unknown }>;
  attempt: number;
  lost: Set<string>;
};

export type Ended = { functionId: string; event: FakeEvent; how: "done" | "failed" };

const DEFAULT_RETRIES = 3;

/** Runs functions as an Inngest server does: one call after the other, each with what the steps before answered. */
export class Executor {
  readonly ended: Ended[] = [];
  private readonly runs = new Map<string, Run>();
  private readonly bounds = new Bounds();
  private over = false;

  constructor(private readonly options: ExecutorOptions) {}

  /** Most calls at once that had this value of this key, over all functions. */
  peak(key: string, value: string): number {
    return this.bounds.peak(key, value);
  }

  /** Starts a run and resolves when it has ended, however. `fail` is called once it has no more retries. */
  async run(
    fn: FakeFunction,
    event: FakeEvent,
    fail: (run: { id: string; error: unknown }) => void | Promise<void> = () => {},
  ): Promise<void> {
    const run: Run = { id: randomUUID(), fn, event, steps: new Map(), attempt: 0, lost: new Set() };
    this.runs.set(run.id, run);
    const error = await this.advance(run);
    this.runs.delete(run.id);
    if (this.over) return;
    this.ended.push({ functionId: fn.id, event, how: error ? "failed" : "done" });
    if (error) await fail({ id: run.id, error });
  }

  /** Steps told in the middle of a call. */
  keep(runId: string, ops: Op[]): boolean {
    const run = this.runs.get(runId);
    for (const op of ops) if (run) this.take(run, op);
    return run !== undefined;
  }

  /** Whatever is under way is forgotten. */
  stop(): void {
    this.over = true;
  }

  private async advance(run: Run): Promise<unknown> {
    while (!this.over) {
      const outcome = await this.bounds.within(run.fn, run.event, () => this.callOnce(run));
      if (outcome === "done") return null;
      if (outcome === "more") continue;
      run.attempt += 1;
      const most = run.fn.steps.step.retries?.attempts ?? DEFAULT_RETRIES;
      if (outcome.final || run.attempt > most) return outcome.error;
      await sleep(this.options.retryMs ?? 50);
    }
    return null;
  }

  private async callOnce(run: Run): Promise<"done" | "more" | { error: unknown; final: boolean }> {
    const body = JSON.stringify(this.bodyOf(run));
    const { signingKey, call } = this.options;
    const headers = {
      "content-type": "application/json",
      "x-inngest-req-version": "2",
      ...(signingKey && { "x-inngest-signature": signed(JSON.parse(body), signingKey) }),
    };
    try {
      const answer = await call(run.fn.steps.step.runtime.url, { method: "POST", headers, body });
      return this.read(run, answer.status, answer.headers.get("x-inngest-no-retry"), await answer.text());
    } catch (error) {
      return { error, final: false };
    }
  }

  private read(run: Run, status: number, noRetry: string | null, text: string) {
    if (status === 200) return "done" as const;
    if (status !== 206) return { error: text || status, final: noRetry === "true" };
    const parsed = z.union([opSchema, z.array(opSchema)]).parse(JSON.parse(text));
    const ops = Array.isArray(parsed) ? parsed : [parsed];
    const failed = ops.find(({ op }) => op === "StepError" || op === "StepFailed");
    for (const op of ops) this.take(run, op);
    if (failed) return { error: failed.error, final: failed.op === "StepFailed" };
    return ops.some(({ op }) => op === "RunComplete") ? ("done" as const) : ("more" as const);
  }

  private take(run: Run, { op, id, data }: Op): void {
    if (op === "RunComplete" || op === "StepError" || op === "StepFailed") return;
    if (op !== "StepRun" && op !== "Step")
      throw new Error(`a function used ${op}, which is not expected here`);
    if (this.options.loseAnswers && !run.lost.has(id)) {
      run.lost.add(id);
      return;
    }
    run.attempt = 0;
    run.steps.set(id, { type: "data", data: data ?? null });
  }

  private bodyOf(run: Run) {
    const stack = [...run.steps.keys()];
    const fromCheckpoint = this.options.checkpoints ? { fn_id: randomUUID(), qi_id: randomUUID() } : {};
    const most = run.fn.steps.step.retries?.attempts ?? DEFAULT_RETRIES;
    return {
      version: 2,
      event: run.event,
      events: [run.event],
      steps: Object.fromEntries(run.steps),
      ctx: {
        ...fromCheckpoint,
        run_id: run.id,
        attempt: run.attempt,
        max_attempts: most + 1,
        disable_immediate_execution: false,
        use_api: false,
        stack: { stack, current: stack.length },
      },
      use_api: false,
    };
  }
}
