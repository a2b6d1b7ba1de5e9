import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { ClaimedItem } from "@/lib/batches/types";
import { createdAt, id, timestamptz } from "../columns";
import { sessions } from "./sessions";
import { users } from "./users";

export const BATCH_STATES = ["filling", "uploaded", "creating", "sent", "ending", "settled"] as const;

/** One batch at the provider: calls of one session, one model and one endpoint, made within 24 hours. */
export const batches = pgTable(
  "batches",
  {
    /** Goes along as metadata, so that a batch whose answer was lost is found again. */
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    sessionId: uuid()
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    /** The real one, not the economy queue. */
    connection: text().notNull(),
    model: text().notNull(),
    endpoint: text({ enum: ["edits", "generations"] }).notNull(),
    state: text({ enum: BATCH_STATES }).notNull().default("filling"),
    /** Items taken for it; those that began have an attempt with its id. */
    claimed: jsonb().$type<ClaimedItem[]>().notNull().default([]),
    /** Pictures at the provider by their content, each sent once. */
    files: jsonb().$type<Record<string, string>>().notNull().default({}),
    providerBatchId: text(),
    inputFileId: text(),
    outputFileId: text(),
    errorFileId: text(),
    providerStatus: text(),
    lines: integer().notNull().default(0),
    /** As the provider counts them. */
    doneLines: integer().notNull().default(0),
    failedLines: integer().notNull().default(0),
    expectedBytes: bigint({ mode: "number" }).notNull().default(0),
    /** When the order was given; its answer may be lost. */
    creatingAt: timestamptz(),
    sentAt: timestamptz(),
    expiresAt: timestamptz(),
    /** When it is looked at next. */
    pollAt: timestamptz().notNull().defaultNow(),
    polls: integer().notNull().default(0),
    /** Looks in a row that brought nothing, because something was in the way. */
    troubles: integer().notNull().default(0),
    cancelRequestedAt: timestamptz(),
    cancelSentAt: timestamptz(),
    /** Nothing more is sent to this model of the connection before that time. */
    holdUntil: timestamptz(),
    errorCode: text(),
    errorWords: text(),
    /** One worker at a time works on it. */
    leaseToken: uuid(),
    leaseUntil: timestamptz(),
    settledAt: timestamptz(),
    createdAt: createdAt(),
    updatedAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [
    index("batches_due_idx").on(t.pollAt).where(sql`${t.state} <> 'settled'`),
    index("batches_session_idx").on(t.sessionId, t.createdAt),
    index("batches_hold_idx").on(t.connection, t.holdUntil).where(sql`${t.holdUntil} is not null`),
    index("batches_owner_idx").on(t.ownerId),
  ],
);

export type Batch = typeof batches.$inferSelect;
