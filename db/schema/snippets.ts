import { sql } from "drizzle-orm";
import { pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, timestamptz } from "../columns";
import { users } from "./users";

/** A piece of a prompt kept under a short name. */
export const snippets = pgTable(
  "snippets",
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    text: text().notNull(),
    createdAt: createdAt(),
    updatedAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [uniqueIndex("snippets_name_key").on(t.ownerId, sql`lower(${t.name})`)],
);

export type Snippet = typeof snippets.$inferSelect;
