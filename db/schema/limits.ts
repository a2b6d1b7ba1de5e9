import { bigint, doublePrecision, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../columns";

/** Where a rate comes from: nobody said yet, the provider did (header or refusal), or its owner typed it. */
export const RATE_SOURCES = ["default", "learned", "told", "set"] as const;

/**
 * What one connection may do. A row for each connection, and the database clock the only judge. Pace is GCRA: the
 * theoretical arrival time of the next call is all the state there is.
 */
export const limits = pgTable("limits", {
  connection: text().primaryKey(),
  /** Items running at the same time, over all workers; adapts below `maxInFlight`. */
  inFlight: integer().notNull(),
  /** The most its owner allows at the same time. */
  maxInFlight: integer().notNull().default(256),
  /** Null: not limited by time (the built-in model). */
  imagesPerMinute: doublePrecision(),
  requestsPerMinute: doublePrecision(),
  rateSource: text({ enum: RATE_SOURCES }).notNull().default("default"),
  /** Theoretical arrival time of the next image and the next request. */
  imagesTat: timestamptz().notNull().defaultNow(),
  requestsTat: timestamptz().notNull().defaultNow(),
  /** The same for calls as they really leave: what was prepared late must not leave in a crowd. */
  sentTat: timestamptz().notNull().defaultNow(),
  /** The provider asked for silence until then, or it fails too often. */
  blockedUntil: timestamptz(),
  blockedWhy: text({ enum: ["rate_limited", "overloaded", "failing"] }),
  /** Answers since the last time the provider complained; what growth is counted by. */
  cleanAnswers: integer().notNull().default(0),
  /** Dialect and address of the provider these were learned from: another one starts anew. */
  learnedFrom: text(),
  changedAt: timestamptz().notNull().defaultNow(),
  /** The last 20 answers, newest in the lowest bit, 1 for a failure of the provider. */
  recent: bigint({ mode: "number" }).notNull().default(0),
  answers: bigint({ mode: "number" }).notNull().default(0),
  updatedAt: timestamptz().notNull().defaultNow(),
});

/** Live workers: the lock tells at once that one died, the beat covers pooled connections. */
export const workers = pgTable("workers", {
  id: uuid().primaryKey(),
  /** Key of the session advisory lock this worker holds. */
  lockKey: integer().notNull().generatedAlwaysAsIdentity(),
  engine: text({ enum: ["embedded", "inngest"] }).notNull(),
  cores: integer().notNull(),
  /** graphile-worker's own ids inside this process, to unlock its jobs when it died. */
  poolIds: text().array().notNull().default([]),
  startedAt: timestamptz().notNull().defaultNow(),
  beatAt: timestamptz().notNull().defaultNow(),
});
