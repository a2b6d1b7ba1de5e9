import { doublePrecision, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../columns";
import { users } from "./users";

/** Learned from usage: actual cost over estimated cost, and time, per model, size and quality of one person. */
export const corrections = pgTable(
  "corrections",
  {
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    model: text().notNull(),
    size: text().notNull(),
    quality: text().notNull(),
    /** Moving average of actual / estimated cost. */
    costFactor: doublePrecision().notNull(),
    /** Moving average of the time of one attempt, ms. */
    tookMs: doublePrecision().notNull(),
    samples: integer().notNull().default(1),
    updatedAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.ownerId, t.model, t.size, t.quality] })],
);
