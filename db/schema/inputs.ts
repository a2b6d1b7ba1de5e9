import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
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
import { createdAt, id, timestamptz } from "../columns";
import { images } from "./images";
import { sessions } from "./sessions";
import { users } from "./users";

export const INPUT_STATES = ["uploading", "probing", "ready", "refused"] as const;
/** What a file is for: to be worked on, to be looked at beside it, or to say where the work happens. */
export const INPUT_ROLES = ["source", "reference", "mask"] as const;
export const PROMPT_MODES = ["inherit", "append", "replace"] as const;

/** One uploaded image at a stable position of a session. */
export const inputs = pgTable(
  "inputs",
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    sessionId: uuid()
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    /** Made by the browser, so that registering the same file twice is one input. */
    clientId: uuid(),
    role: text({ enum: INPUT_ROLES }).notNull().default("source"),
    /** The source a reference or mask belongs to; null: all of the session. Always null for a source. */
    forInputId: uuid().references((): AnyPgColumn => inputs.id, { onDelete: "cascade" }),
    /** Sources count up from 1. References and masks count down from -1, so that they never take or move a tile's place. */
    position: integer().notNull(),
    state: text({ enum: INPUT_STATES }).notNull().default("uploading"),
    /** One of RefusalCode in lib/images/types.ts when refused. */
    refusal: text(),
    /** Facts for the words of a refusal (found type, limit, size). */
    refusalFacts: jsonb().$type<Record<string, string | number>>(),
    /** Things done to the picture that its owner should know (REPAIRED, ANIMATED_FIRST_FRAME …). */
    notices: jsonb().$type<string[]>().notNull().default([]),
    imageId: uuid().references(() => images.id),
    /** The name as given, for display only. Never part of a path. */
    sourceName: text().notNull(),
    /** Folder below the dropped one, '' at its top. For display and for names in the ZIP. */
    sourcePath: text().notNull().default(""),
    sourceBytes: bigint({ mode: "number" }).notNull(),
    /** File's own last change, ms since 1970; used to recognise it when the folder is chosen again. */
    sourceModified: bigint({ mode: "number" }),
    /** SHA-256 of the uploaded bytes, hex. */
    uploadSha256: text(),
    /** Where the uploaded bytes lie until the probe has made an image of them. */
    uploadKey: text(),
    promptMode: text({ enum: PROMPT_MODES }).notNull().default("inherit"),
    prompt: text().notNull().default(""),
    variables: jsonb().$type<Record<string, string>>(),
    /** Left out of a run without being removed. */
    excluded: boolean().notNull().default(false),
    /** Times the decoder died on this file. */
    crashes: integer().notNull().default(0),
    /** Times a probe was handed out; part of its event id. */
    probes: integer().notNull().default(0),
    /** Probes that were begun and never ended: bounds a file that takes the whole worker down. */
    lostProbes: integer().notNull().default(0),
    /** The attempt whose result this input is. No foreign key: it stays a fact when that session is deleted. */
    fromAttemptId: uuid(),
    /** Set from hand-out to verdict; after a full disk it is the time of the next try. */
    probeLeaseUntil: timestamptz(),
    /** Who began the probe; null between hand-out and begin. */
    probeWorkerId: uuid(),
    /** Removed but restorable by undo while the session is a draft. */
    removedAt: timestamptz(),
    /** The session's revision when this row last changed. */
    revision: bigint({ mode: "number" }).notNull().default(0),
    createdAt: createdAt(),
    updatedAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("inputs_position_key").on(t.sessionId, t.position),
    index("inputs_changes_idx").on(t.sessionId, t.revision),
    uniqueIndex("inputs_client_key").on(t.sessionId, t.clientId),
    index("inputs_probing_idx").on(t.ownerId, t.updatedAt).where(sql`${t.state} = 'probing'`),
    index("inputs_uploading_idx").on(t.updatedAt).where(sql`${t.state} = 'uploading'`),
    index("inputs_attached_idx").on(t.sessionId, t.forInputId).where(sql`${t.role} <> 'source'`),
    index("inputs_image_idx").on(t.imageId),
    index("inputs_owner_idx").on(t.ownerId),
  ],
);

export type Input = typeof inputs.$inferSelect;
export type InputState = Input["state"];
export type PromptMode = Input["promptMode"];
