import { integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../columns";

/** What one connection may do at once. A row for each connection; the database is the only judge. */
export const limits = pgTable("limits", {
  connection: text().primaryKey(),
  /** Items running at the same time, over all workers. */
  inFlight: integer().notNull(),
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
