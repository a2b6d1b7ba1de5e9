import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { LANES } from "@/lib/batches/constants";
import type { BatchInputs } from "@/lib/batches/types";
import type { AttemptSettings, AttemptUsage, ReceivedAnswer } from "@/lib/items/types";
import { createdAt, id, money, timestamptz } from "../columns";
import { batches } from "./batches";
import { images } from "./images";
import { inputs } from "./inputs";
import { sessions } from "./sessions";
import { steps } from "./steps";
import { users } from "./users";

export const ITEM_STATUSES = [
  "queued",
  "running",
  "waiting",
  "completed",
  "reused",
  "failed",
  "blocked",
  "cancelled",
  "unmet",
] as const;
export const REVIEWS = ["none", "approved", "rejected"] as const;

/** One result to be made: input x step x variant. */
export const items = pgTable(
  "items",
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    sessionId: uuid()
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    inputId: uuid()
      .notNull()
      .references(() => inputs.id, { onDelete: "cascade" }),
    stepId: uuid()
      .notNull()
      .references(() => steps.id, { onDelete: "cascade" }),
    variant: integer().notNull().default(1),
    /** Order of display and of work inside the session (input position, step, variant). */
    position: integer().notNull(),
    /** Its queue: `studio`, `env`, or the id of a person's connection, which is the limiter's key; or an economy queue. */
    connection: text().notNull(),
    /** Wanted now, or within 24 hours for half the price. */
    lane: text({ enum: LANES }).notNull().default("live"),
    status: text({ enum: ITEM_STATUSES }).notNull().default("queued"),
    /** Its source exists. False while an earlier step's item has no result yet. */
    ready: boolean().notNull().default(true),
    /** Its result was made with a prompt, settings or pictures that are not its step's any more. */
    stale: boolean().notNull().default(false),
    /** Place of the step without a result that an unmet item would have needed. */
    needsStep: integer(),
    /** A waiting item is dispatched at this time, not before. */
    dueAt: timestamptz(),
    /** The attempt whose picture is shown. */
    currentAttemptId: uuid().references((): AnyPgColumn => attempts.id),
    /** Number of the newest attempt; 0 before the first. */
    attemptCount: integer().notNull().default(0),
    /** Transient failures since a person last asked for this item. */
    transientFailures: integer().notNull().default(0),
    /** Paid calls whose outcome nobody knows since a person last asked for this item (R16). */
    unknownOutcomes: integer().notNull().default(0),
    /** What one call counts for at the provider: its images in, at least 1. */
    imageUnits: integer().notNull().default(1),
    /** A person asked for another result: the cache is passed by. */
    fresh: boolean().notNull().default(false),
    /** A prompt edited for the retry of this item; null: the frozen one. */
    promptOverride: text(),
    review: text({ enum: REVIEWS }).notNull().default("none"),
    reviewNote: text(),
    leaseToken: uuid(),
    /** Null while it runs: its batch holds it. */
    leaseUntil: timestamptz(),
    /** The worker that runs it; its death ends the lease at once. Null between hand-out and begin. */
    workerId: uuid(),
    /** Raised at every hand-out; part of the event id, so that a repeated event is recognised. */
    dispatch: integer().notNull().default(0),
    /** Times the pixel process died on this item. */
    crashes: integer().notNull().default(0),
    revision: bigint({ mode: "number" }).notNull().default(0),
    createdAt: createdAt(),
    updatedAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("items_unit_key").on(t.sessionId, t.inputId, t.stepId, t.variant),
    index("items_position_idx").on(t.sessionId, t.position),
    index("items_changes_idx").on(t.sessionId, t.revision),
    index("items_ready_idx")
      .on(t.connection, t.sessionId, t.position)
      .where(sql`${t.status} = 'queued' and ${t.ready}`),
    index("items_waiting_idx")
      .on(t.connection, t.sessionId, t.dueAt)
      .where(sql`${t.status} = 'waiting' and ${t.ready}`),
    index("items_running_idx").on(t.connection, t.leaseUntil).where(sql`${t.status} = 'running'`),
    index("items_input_idx").on(t.inputId),
    index("items_step_idx").on(t.stepId),
    index("items_attempt_idx").on(t.currentAttemptId),
  ],
);

export const ATTEMPT_OUTCOMES = [
  "sending",
  "completed",
  "reused",
  "failed",
  "blocked",
  "cancelled",
  "lost",
] as const;

/** One try at an item. Written before anything is paid; only its own outcome is filled in later. */
export const attempts = pgTable(
  "attempts",
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    itemId: uuid()
      .notNull()
      .references((): AnyPgColumn => items.id, { onDelete: "cascade" }),
    number: integer().notNull(),
    /** The engine's run that began it, so that a repeated step finds its own attempt. */
    runId: text().notNull(),
    /** Set in the instant before the model is called; a second call of one attempt cannot happen. */
    sentAt: timestamptz(),
    connection: text().notNull().default("studio"),
    /** The model takes money: a lost answer may have been charged. */
    paid: boolean().notNull().default(false),
    /** The batch it is a line of; its id is the line's. Null: a call of its own. */
    batchId: uuid().references(() => batches.id, { onDelete: "set null" }),
    batchInputs: jsonb().$type<BatchInputs>(),
    /** Worst price held for it until it ends, micro-dollars. */
    reserved: money().notNull().default(0),
    /** All that decides its result, SHA-256 hex; null for models that cost nothing. */
    cacheKey: text(),
    /** The answer is stored under the attempt's key: it is never asked for again. */
    receivedAt: timestamptz(),
    received: jsonb().$type<ReceivedAnswer>(),
    /** Attempts of earlier steps whose pictures it works on, in the order of the step's `fedBy` without the original. */
    fedBy: uuid().array().notNull().default([]),
    /** What its step asked for, as a fingerprint (lib/steps/fingerprint.ts); null before chains were kept. */
    fingerprint: text(),
    /** The attempt whose result was used again. */
    reusedFrom: uuid().references((): AnyPgColumn => attempts.id, { onDelete: "set null" }),
    prompt: text().notNull(),
    model: text().notNull(),
    modelVersion: text(),
    /** As sent, and what was really used. */
    settings: jsonb().$type<AttemptSettings>().notNull(),
    seed: bigint({ mode: "number" }),
    requestId: text(),
    startedAt: timestamptz().notNull().defaultNow(),
    finishedAt: timestamptz(),
    outcome: text({ enum: ATTEMPT_OUTCOMES }).notNull().default("sending"),
    errorCode: text(),
    errorWords: text(),
    /** Provider's own text, shown under Details. */
    errorDetails: text(),
    charge: text({ enum: ["none", "charged", "maybe"] })
      .notNull()
      .default("none"),
    cost: money().notNull().default(0),
    usage: jsonb().$type<AttemptUsage>(),
    imageId: uuid().references(() => images.id),
    checks: jsonb(),
    notes: jsonb().$type<string[]>().notNull().default([]),
  },
  (t) => [
    uniqueIndex("attempts_number_key").on(t.itemId, t.number),
    uniqueIndex("attempts_sending_key").on(t.itemId).where(sql`${t.outcome} = 'sending'`),
    index("attempts_reused_idx").on(t.reusedFrom).where(sql`${t.reusedFrom} is not null`),
    index("attempts_image_idx").on(t.imageId),
    index("attempts_batch_idx").on(t.batchId).where(sql`${t.batchId} is not null`),
    index("attempts_owner_idx").on(t.ownerId, t.startedAt),
  ],
);

export type Item = typeof items.$inferSelect;
export type ItemStatus = Item["status"];
export type Attempt = typeof attempts.$inferSelect;
