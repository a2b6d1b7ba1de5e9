import { index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, timestamptz } from "../columns";
import { users } from "./users";

/** Who else works in somebody's workspace. The owner of it has no row here. */
export const members = pgTable(
  "members",
  {
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    memberId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.ownerId, t.memberId] }), index("members_member_idx").on(t.memberId)],
);

/** A link into a workspace, good for one person. Only the SHA-256 of its 256-bit token is kept. */
export const invitations = pgTable(
  "invitations",
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    tokenHash: text().notNull(),
    /** Whom it was made for, as the owner wrote it. Whoever has the link may use it. */
    email: text(),
    expiresAt: timestamptz().notNull(),
    usedAt: timestamptz(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("invitations_token_key").on(t.tokenHash), index("invitations_owner_idx").on(t.ownerId)],
);
