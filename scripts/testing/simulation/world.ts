import { afterLoss } from "@/lib/items/after-loss";
import { backoffMs } from "@/lib/items/backoff";
import { answerOf, type Outcome } from "@/lib/items/outcome";
import { itemChange, sessionSet } from "@/lib/items/settlement";
import { afterAnswer, refund } from "@/lib/limits/adapt";
import { HORIZON_MS, LINE_PATIENCE_MS } from "@/lib/limits/constants";
import { nextHandOut, openSlots, pacesOf, turnOf } from "@/lib/limits/pace";
import { giveTurns, type Turns, usedUpTat } from "@/lib/limits/turns";
import type { Answer, Limit } from "@/lib/limits/types";
import { canAfford } from "@/lib/sessions/can-afford";
import { Clock } from "./clock";
import { Line } from "./line";
import { type Habits, SimulatedProvider, WORST } from "./provider";
import { type Random, seeded } from "./random";
import { newItem, newLimit, newSession, type SimAttempt, type SimItem, type SimSession } from "./rows";

export type Setting = {
  sessions: number;
  itemsEach: number;
  budget: number | null;
  whenUnknown: "repeat" | "ask";
  workers: number;
  crashes: number;
  /** Chance that a person pauses a session and goes on later. */
  pauses: number;
  /** How long the database takes to give turns; a few ms unless told. */
  answersMs?: [number, number];
  habits: Habits;
};

const FAST_MS: [number, number] = [1, 15];

/**
 * The engine's rules with rows in memory and a clock that jumps: hand-out, begin, send, receive, settle, a worker's
 * death at any moment, events twice, people who pause and go on. What decides is the product's own pure code.
 */
export class World {
  readonly clock = new Clock();
  readonly random: Random;
  readonly provider: SimulatedProvider;
  readonly sessions: SimSession[];
  readonly items: SimItem[];
  limit: Limit;
  #sentTat = 0;
  readonly #wakes = new Set<number>();
  readonly #lines: Line[];

  constructor(
    seed: number,
    private readonly setting: Setting,
  ) {
    this.random = seeded(seed);
    this.provider = new SimulatedProvider(this.clock, this.random, setting.habits);
    this.limit = newLimit(this.clock.now);
    const lineWays = {
      clock: this.clock,
      random: this.random,
      answersMs: setting.answersMs ?? FAST_MS,
      ask: (callers: number, aheadMs: number) => this.#giveTurns(callers, aheadMs),
    };
    this.#lines = Array.from({ length: setting.workers }, () => new Line(lineWays));
    this.sessions = Array.from({ length: setting.sessions }, (_, id) => newSession(id, setting));
    this.items = this.sessions.flatMap((session) =>
      Array.from({ length: setting.itemsEach }, (_, position) => newItem(session, position)),
    );
  }

  /** Runs until nothing is left to do, or throws when that takes too long. */
  run(): void {
    for (let at = 0; at < this.setting.crashes; at += 1) {
      this.clock.after(this.random.between(0, 120_000), () => this.#killWorker());
    }
    for (const session of this.sessions) {
      if (this.random.chance(this.setting.pauses))
        this.clock.after(this.random.between(0, 60_000), () => this.#pause(session));
    }
    this.dispatch();
    for (let turns = 0; this.clock.step(); turns += 1) {
      if (turns > 200_000) throw new Error("it does not end");
    }
  }

  dispatch(ended: { answer?: Answer | null; refundUnits?: number } = {}): void {
    const { now } = this.clock;
    const running = this.items.filter(({ status }) => status === "running").length;
    if (ended.refundUnits) this.limit = refund(this.limit, ended.refundUnits);
    if (ended.answer) {
      const was = this.limit;
      const before = turnOf(was, 1);
      this.limit = afterAnswer(this.limit, ended.answer, { now, running: running + 1 });
      const scale = (turnOf(this.limit, 1)?.step ?? 1) / (before?.step ?? 1);
      const scaled = now + (this.#sentTat - now) * scale;
      this.#sentTat = Math.max(scaled, usedUpTat(this.limit, was) ?? scaled);
    }
    const { slots, paced } = openSlots(this.limit, { now, running, aheadMs: HORIZON_MS });
    const picked = this.#pick(slots);
    const { images } = pacesOf(this.limit);
    for (const item of picked) this.#handOut(item);
    if (images && picked.length > 0) {
      const imagesTat = Math.max(this.limit.imagesTat, now) + picked.length * images.interval;
      this.limit = { ...this.limit, imagesTat };
    }
    if (paced && picked.length === slots && this.#ready().length > 0) {
      this.#wakeAt(Math.max(nextHandOut(this.limit, now), now + 1));
    }
  }

  /** Moments are whole seconds, so that many hand-outs ask for one event. */
  #wakeAt(at: number): void {
    const second = Math.ceil(at / 1000) * 1000;
    if (this.#wakes.has(second)) return;
    this.#wakes.add(second);
    this.clock.after(second - this.clock.now, () => {
      this.#wakes.delete(second);
      this.dispatch();
    });
  }

  #ready(): SimItem[] {
    return this.items.filter(
      ({ status, dueAt, session }) =>
        session.state === "running" &&
        (status === "queued" || (status === "waiting" && dueAt <= this.clock.now)),
    );
  }

  /** Fewest running first across sessions, as many as each can pay. */
  #pick(slots: number): SimItem[] {
    const picked: SimItem[] = [];
    const load = new Map(this.sessions.map((session) => [session, this.#running(session)]));
    const room = new Map(this.sessions.map((session) => [session, roomOf(session)]));
    const ready = this.#ready();
    while (picked.length < slots) {
      const open = ready.filter((item) => !picked.includes(item) && (room.get(item.session) ?? 0) > 0);
      const least = Math.min(...open.map(({ session }) => load.get(session) ?? 0));
      const next = open.find(({ session }) => load.get(session) === least);
      if (!next) break;
      picked.push(next);
      load.set(next.session, least + 1);
      room.set(next.session, (room.get(next.session) ?? 0) - 1);
    }
    return picked;
  }

  #running(session: SimSession): number {
    return this.items.filter((item) => item.session === session && item.status === "running").length;
  }

  #handOut(item: SimItem): void {
    item.status = "running";
    item.lease += 1;
    item.worker = this.random.between(0, this.setting.workers - 1);
    const { lease } = item;
    const begin = () => this.#begin(item, lease);
    this.clock.after(this.random.between(1, 300), begin);
    // An event that comes twice.
    if (this.random.chance(0.3)) this.clock.after(this.random.between(1, 2_000), begin);
  }

  #begin(item: SimItem, lease: number): void {
    if (item.lease !== lease || item.status !== "running" || item.attempt) return;
    const { session } = item;
    if (session.state !== "running" || !canAfford(session)) {
      this.#giveBack(item, session.state === "running");
      return;
    }
    session.reserved += WORST;
    const attempt: SimAttempt = {
      paid: true,
      sentAt: null,
      receivedAt: null,
      reserved: WORST,
      cost: 0,
      charge: "none",
    };
    item.attempt = attempt;
    this.clock.after(this.random.between(1, 400), () => {
      this.#line(item, attempt);
    });
  }

  #line(item: SimItem, attempt: SimAttempt): void {
    this.#lines[item.worker]?.join(() => this.#send(item, attempt));
  }

  #giveTurns(callers: number, aheadMs: number): Turns {
    const state = { ...this.limit, now: this.clock.now, sentTat: this.#sentTat };
    const turns = giveTurns(state, { line: Array(callers).fill(1), aheadMs });
    this.#sentTat = turns.sentTat;
    return turns;
  }

  #giveBack(item: SimItem, broke: boolean): void {
    const { attempt, session } = item;
    if (attempt) session.reserved -= attempt.reserved;
    item.attempt = null;
    item.status = "queued";
    if (broke && session.reserved === 0) pauseFor(session, "budget");
    this.dispatch({ refundUnits: 1 });
  }

  #send(item: SimItem, attempt: SimAttempt): void {
    if (item.attempt !== attempt) return;
    const { blockedUntil } = this.limit;
    if (blockedUntil !== null && blockedUntil > this.clock.now) {
      if (blockedUntil > this.clock.now + LINE_PATIENCE_MS) this.#giveBack(item, false);
      else this.#line(item, attempt);
      return;
    }
    attempt.sentAt = new Date(this.clock.now);
    this.provider.call((outcome) => this.#receive(item, attempt, outcome));
  }

  #receive(item: SimItem, attempt: SimAttempt, outcome: Outcome): void {
    if (item.attempt !== attempt) return;
    if (outcome.kind === "made") attempt.receivedAt = new Date(this.clock.now);
    this.#tell(item, outcome);
    this.clock.after(this.random.between(1, 200), () => this.#settle(item, attempt, outcome));
  }

  /** The limiter hears of a refusal at once, and nobody of the same worker leaves meanwhile. */
  #tell(item: SimItem, outcome: Outcome): void {
    if (outcome.kind !== "failed" || outcome.code !== "rate_limited") return;
    const { retryAfterMs, observed } = outcome;
    const answer: Answer = { kind: "rate_limited", retryAfterMs, observed };
    this.#lines[item.worker]?.hold(this.random.between(5, 150), () => this.dispatch({ answer }));
  }

  #settle(item: SimItem, attempt: SimAttempt, outcome: Outcome): void {
    if (item.attempt !== attempt || outcome.kind === "stale" || outcome.kind === "postponed") return;
    const { session } = item;
    const unknown = outcome.kind === "failed" && outcome.charge === "maybe";
    const cost = unknown ? attempt.reserved : outcome.kind === "made" ? outcome.cost : 0;
    const change = itemChange(item, "attempt", outcome, this.setting.whenUnknown);
    const set = sessionSet(session, outcome, { spend: cost, released: attempt.reserved });
    this.#close(item, attempt, { cost, charge: unknown ? "maybe" : cost > 0 ? "charged" : "none" });
    const { dueAt: _, ...changed } = change;
    Object.assign(item, changed);
    if (set.state === "paused") pauseFor(session, "budget");
    if (item.status === "waiting") this.#wait(item, outcome);
    this.dispatch({ answer: answerOf(outcome) });
  }

  #wait(item: SimItem, outcome: Outcome): void {
    const retryAfterMs = outcome.kind === "failed" ? outcome.retryAfterMs : 0;
    const wait = backoffMs({ failures: item.transientFailures, retryAfterMs, random: this.random.next() });
    item.dueAt = this.clock.now + wait;
    this.clock.after(wait, () => this.dispatch());
  }

  #close(item: SimItem, attempt: SimAttempt, { cost, charge }: Pick<SimAttempt, "cost" | "charge">): void {
    const { session } = item;
    session.reserved -= attempt.reserved;
    session.spend += cost;
    item.attempts.push({ ...attempt, cost, charge });
    item.attempt = null;
  }

  /** A worker is gone; the reconciler finds out within seconds. */
  #killWorker(): void {
    const dead = this.random.between(0, this.setting.workers - 1);
    const held = this.items.filter(({ status, worker }) => status === "running" && worker === dead);
    const leases = held.map((item) => item.lease);
    for (const item of held) item.lease += 1_000;
    const attempts = held.map(({ attempt }) => attempt);
    // Whatever was under way never comes back to it.
    for (const item of held) item.attempt = item.attempt && { ...item.attempt };
    this.clock.after(this.random.between(100, 5_000), () => {
      held.forEach((item, at) => {
        if (item.lease === (leases[at] ?? 0) + 1_000) this.#release(item, attempts[at] ?? null);
      });
      this.dispatch();
    });
  }

  #release(item: SimItem, was: SimAttempt | null): void {
    const { session } = item;
    const { state } = session;
    const facts = { state, whenUnknown: this.setting.whenUnknown };
    const after = afterLoss({ item, attempt: was, lostBefore: item.lost, session: facts });
    if (after.attempt === "keep" && item.attempt) {
      const kept = item.attempt;
      this.clock.after(5, () => this.#settle(item, kept, stored()));
      return;
    }
    if (item.attempt) {
      const unknown = after.attempt === "unknown";
      this.#close(item, item.attempt, { cost: unknown ? WORST : 0, charge: unknown ? "maybe" : "none" });
      item.lost += 1;
    }
    item.status = after.status;
    item.unknownOutcomes = after.unknownOutcomes;
    if (!canAfford(session) && session.reserved === 0) pauseFor(session, "budget");
  }

  #pause(session: SimSession): void {
    if (session.state !== "running") return;
    session.state = "paused";
    this.clock.after(this.random.between(1_000, 30_000), () => this.resume(session));
  }

  resume(session: SimSession): void {
    if (session.state !== "paused" || !canAfford({ ...session, reserved: 0 })) return;
    session.state = "running";
    session.pauseReason = null;
    this.dispatch();
  }
}

function roomOf({ budget, spend, reserved, worstPrice }: SimSession): number {
  return budget === null ? Number.POSITIVE_INFINITY : Math.floor((budget - spend - reserved) / worstPrice);
}

function pauseFor(session: SimSession, reason: "budget"): void {
  if (session.state !== "running") return;
  session.state = "paused";
  session.pauseReason = reason;
}

function stored(): Outcome {
  return {
    kind: "made",
    imageId: "picture",
    modelVersion: "1",
    requestId: null,
    cost: 20,
    usage: null,
    used: {},
    notes: [],
  };
}
