import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { SessionSettings, SessionSnapshot } from "@/lib/sessions/types";
import { createdAt, id, money, timestamptz } from "../columns";
import { recipeVersions } from "./recipes";
import { users } from "./users";

export const SESSION_KINDS = ["bulk", "serial"] as const;
export const SESSION_STATES = ["draft", "scheduled", "running", "paused", "finished", "cancelled"] as const;

export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The person who made it, a member of the workspace perhaps; null: its owner. */
    createdBy: uuid().references(() => users.id, { onDelete: "set null" }),
    /** The person who started it, and is told of its end; null: its owner. */
    startedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    /** Made by the browser before the first request, so that a repeated create is the same session (R14). */
    intent: uuid(),
    kind: text({ enum: SESSION_KINDS }).notNull().default("bulk"),
    name: text().notNull(),
    state: text({ enum: SESSION_STATES }).notNull().default("draft"),
    /** Why a paused session stands still; null when its owner paused it. */
    pauseReason: text({
      enum: ["storage", "auth", "quota_exhausted", "budget", "month_budget", "connection", "economy"],
    }),
    prompt: text().notNull().default(""),
    settings: jsonb().$type<SessionSettings>().notNull(),
    /** Prompt and settings frozen at Start; null while a draft. */
    snapshot: jsonb().$type<SessionSnapshot>(),
    /** Stop at this much; null: no stop. */
    budget: money(),
    /** Charged and perhaps charged: the sum of its ledger. */
    spend: money().notNull().default(0),
    /** The part of `spend` that is only perhaps charged. */
    maybeSpend: money().notNull().default(0),
    /** Worst price of the calls under way. */
    reserved: money().notNull().default(0),
    /** Worst price of one item, from Start; what must be left for another one to be handed out. */
    worstPrice: money().notNull().default(0),
    // Items by status. They change in the transaction that changes the item.
    queuedCount: integer().notNull().default(0),
    runningCount: integer().notNull().default(0),
    waitingCount: integer().notNull().default(0),
    completedCount: integer().notNull().default(0),
    reusedCount: integer().notNull().default(0),
    failedCount: integer().notNull().default(0),
    blockedCount: integer().notNull().default(0),
    cancelledCount: integer().notNull().default(0),
    unmetCount: integer().notNull().default(0),
    /** Time spent in finished attempts, ms; with the counts it gives the time left. */
    workMs: bigint({ mode: "number" }).notNull().default(0),
    /** Change cursor: raised in the statement that locks this row; copied to every item it changed. */
    revision: bigint({ mode: "number" }).notNull().default(0),
    /** Raised whenever a draft is saved; a writer that saw an older one is told so. */
    draftVersion: integer().notNull().default(0),
    /** Raised whenever its steps are saved; a writer that saw older ones is told what changed. */
    chainVersion: integer().notNull().default(0),
    /** Steps in its chain; above 1 a result may feed others. */
    stepCount: integer().notNull().default(1),
    /** It has, or had, batches at a provider. */
    batched: boolean().notNull().default(false),
    /** The version of a recipe it began with. */
    recipeVersionId: uuid().references(() => recipeVersions.id, { onDelete: "set null" }),
    pilot: boolean().notNull().default(false),
    scheduledFor: timestamptz(),
    startedAt: timestamptz(),
    finishedAt: timestamptz(),
    deletedAt: timestamptz(),
    createdAt: createdAt(),
    updatedAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [
    index("sessions_owner_idx").on(t.ownerId, t.updatedAt.desc()).where(sql`${t.deletedAt} is null`),
    uniqueIndex("sessions_intent_key").on(t.ownerId, t.intent),
    index("sessions_running_idx").on(t.id).where(sql`${t.state} = 'running'`),
    index("sessions_deleted_idx").on(t.deletedAt).where(sql`${t.deletedAt} is not null`),
  ],
);

export type Session = typeof sessions.$inferSelect;
export type SessionState = Session["state"];
