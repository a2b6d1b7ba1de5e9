import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, money, timestamptz } from "../columns";

export const users = pgTable(
  "users",
  {
    id: id(),
    email: text(),
    name: text(),
    /** argon2id in PHC string form; null for people who only sign in by link or by a provider. */
    passwordHash: text(),
    /** Raised to end every login of this person at once (R60). */
    loginVersion: integer().notNull().default(1),
    /** The person who runs this installation; the owner link signs in as them. At most one. */
    isOwner: boolean().notNull().default(false),
    disabledAt: timestamptz(),
    /** Micro-dollars a calendar month may cost; null: no limit of their own. */
    monthlyBudget: money(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("users_email_key").on(sql`lower(${t.email})`),
    uniqueIndex("users_owner_key").on(t.isOwner).where(sql`${t.isOwner}`),
  ],
);

/** A person's account at GitHub or Google. */
export const accounts = pgTable(
  "accounts",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    provider: text().notNull(),
    providerAccountId: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("accounts_provider_key").on(t.provider, t.providerAccountId),
    index("accounts_user_idx").on(t.userId),
  ],
);

/** One row for each sign-in on one device; revoking it ends that login within one request. */
export const logins = pgTable(
  "logins",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    userAgent: text(),
    /** The workspace chosen on this device, by its owner; null: one's own. Counts while `members` says so. */
    workspaceId: uuid().references(() => users.id, { onDelete: "set null" }),
    lastSeenAt: timestamptz().notNull().defaultNow(),
    expiresAt: timestamptz().notNull(),
    revokedAt: timestamptz(),
    createdAt: createdAt(),
  },
  (t) => [index("logins_user_idx").on(t.userId)],
);

/** One-time owner sign-in links. Only the SHA-256 of the token is kept. */
export const ownerLinks = pgTable("owner_links", {
  tokenHash: text().primaryKey(),
  expiresAt: timestamptz().notNull(),
  usedAt: timestamptz(),
  createdAt: createdAt(),
});

/** Counts tries in a window for one key (`sign-in:email:…`, `sign-in:ip:…`, `share-miss:ip:…`). */
export const throttles = pgTable("throttles", {
  key: text().primaryKey(),
  count: integer().notNull().default(0),
  windowStartedAt: timestamptz().notNull().defaultNow(),
});

export type User = typeof users.$inferSelect;
export type Login = typeof logins.$inferSelect;
