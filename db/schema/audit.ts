import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id } from "../columns";

/** Append-only: who did what. Outlives the things it names, so it has no foreign keys. */
export const audit = pgTable(
  "audit",
  {
    id: id(),
    ownerId: uuid(),
    actor: text().notNull(),
    /** The person who acted; null for the engine, and in rows from before there were workspaces. */
    actorId: uuid(),
    action: text().notNull(),
    sessionId: uuid(),
    before: jsonb(),
    after: jsonb(),
    createdAt: createdAt(),
  },
  (t) => [index("audit_owner_idx").on(t.ownerId, t.createdAt)],
);
