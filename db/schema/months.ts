import { date, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { money } from "../columns";
import { users } from "./users";

/** What a person spent and has reserved in a calendar month (UTC); the row every reservation must pass. */
export const months = pgTable(
  "months",
  {
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** First day of the month. */
    month: date().notNull(),
    spend: money().notNull().default(0),
    reserved: money().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.ownerId, t.month] })],
);
