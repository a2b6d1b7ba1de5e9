import { index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt } from "../columns";
import { attempts } from "./items";
import { users } from "./users";

/** Results by all that decides them (bytes, prompt, parameters, model snapshot). Never read across owners. */
export const cache = pgTable(
  "cache",
  {
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** SHA-256, hex (lib/items/cache-key). */
    key: text().notNull(),
    attemptId: uuid()
      .notNull()
      .references(() => attempts.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.ownerId, t.key] }), index("cache_attempt_idx").on(t.attemptId)],
);
