import { index, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { StoredShareOptions } from "@/lib/shares/types";
import { createdAt, id, timestamptz } from "../columns";
import { sessions } from "./sessions";
import { users } from "./users";

/** A public read-only link. Only the SHA-256 of its 256-bit token is kept. */
export const shares = pgTable(
  "shares",
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    sessionId: uuid()
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    tokenHash: text().notNull(),
    options: jsonb().$type<StoredShareOptions>().notNull(),
    expiresAt: timestamptz(),
    revokedAt: timestamptz(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("shares_token_key").on(t.tokenHash), index("shares_session_idx").on(t.sessionId)],
);

export type Share = typeof shares.$inferSelect;
