import { sql } from "drizzle-orm";
import { bigint, timestamp, uuid } from "drizzle-orm/pg-core";

/** UUIDv7 made by the database function `new_id()` (first migration), so that set-based inserts get ordered ids too. */
export const id = () => uuid().primaryKey().default(sql`new_id()`);

export const timestamptz = () => timestamp({ withTimezone: true, mode: "date" });

export const createdAt = () => timestamptz().notNull().defaultNow();

/** Integer micro-dollars: 1 USD = 1,000,000. Safe up to 9 billion dollars. */
export const money = () => bigint({ mode: "number" });
