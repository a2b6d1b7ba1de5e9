import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { ImageFormat } from "@/lib/images/types";
import { BatchStore } from "./batches/store";
import type { Dialect } from "./dialects/dialect";
import { FaultScript } from "./faults/choose-fault";
import { Limits } from "./limits/limits";
import { CallLog } from "./log/call-log";
import { type Control, controlSchema, type Settings } from "./settings";

/** Kept pictures are few: a client fetches them at once. */
const KEPT_PICTURES = 200;

/** Everything of one fake that lives longer than a call. */
export class Provider {
  readonly startedAt = Date.now();
  readonly log: CallLog;
  readonly faults: FaultScript;
  readonly kept = new Map<string, { picture: Buffer; format: ImageFormat }>();
  readonly store = new BatchStore();
  limits: Limits;
  origin = "";
  private turn: Promise<void> = Promise.resolve();

  constructor(
    public settings: Settings,
    readonly dialect: Dialect,
  ) {
    this.log = new CallLog(settings.logPath);
    this.faults = new FaultScript(settings.seed, settings.script, settings.faults);
    this.limits = new Limits(settings.limits);
  }

  get key(): string | null {
    if (this.dialect.open) return null;
    return this.settings.key === undefined ? this.dialect.key : this.settings.key;
  }

  /** Throws ZodError for what is no control. */
  control(asked: Control): void {
    const { clear, script, faults, limits, batches, ...rest } = controlSchema.parse(asked);
    if (clear) this.faults.clear();
    if (script) this.faults.add(script);
    if (batches) this.store.plan(batches);
    if (faults) this.faults.setRates(faults);
    this.settings = { ...this.settings, ...rest };
    if (limits) {
      this.settings.limits = limits;
      this.limits = new Limits(limits);
    }
  }

  /** Units of images any 60 s may see at most; null without a limit. */
  allowedPerMinute(): number | null {
    const spec = this.settings.limits.images;
    if (!spec) return null;
    if (spec.kind === "sliding") return spec.perMinute;
    const burst = spec.kind === "bucket" ? (spec.capacity ?? spec.perMinute) : Math.ceil(spec.perMinute / 60);
    return spec.perMinute + burst;
  }

  /** Runs `work` when all calls before it are done, where the server has one lock. */
  async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (!this.dialect.serial) return work();
    const mine = this.turn.then(work);
    this.turn = mine.then(
      () => undefined,
      () => undefined,
    );
    return mine;
  }

  keep(picture: Buffer, format: ImageFormat): string {
    const path = `/generated-images/${randomBytes(8).toString("hex")}.${format}`;
    this.kept.set(path, { picture, format });
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT_PICTURES && oldest) this.kept.delete(oldest);
    return path;
  }
}

/** The key of a call, or null. */
export function sentKey(request: IncomingMessage): string | null {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? null;
}
