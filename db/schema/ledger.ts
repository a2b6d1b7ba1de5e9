import { index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, money } from "../columns";
import { attempts } from "./items";
import { sessions } from "./sessions";
import { users } from "./users";

/** Append-only. `charge` and `maybe` of a session add up to its spend, `reserve` less `release` to what it holds, always. */
export const ledger = pgTable(
  "ledger",
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    sessionId: uuid()
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    attemptId: uuid()
      .notNull()
      .references(() => attempts.id, { onDelete: "cascade" }),
    kind: text({ enum: ["reserve", "charge", "release", "maybe"] }).notNull(),
    amount: money().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("ledger_entry_key").on(t.attemptId, t.kind),
    index("ledger_session_idx").on(t.sessionId),
    index("ledger_owner_idx").on(t.ownerId, t.createdAt),
  ],
);
