import { sql } from "drizzle-orm";
import { check, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { SessionSettings } from "@/lib/sessions/types";
import { createdAt, id } from "../columns";
import { sessions } from "./sessions";
import { users } from "./users";

/** One transformation. A bulk session has one, a serial session up to seven. */
export const steps = pgTable(
  "steps",
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    sessionId: uuid()
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    position: integer().notNull(),
    /** Null: the session's prompt. */
    prompt: text(),
    settings: jsonb().$type<Partial<SessionSettings>>(),
    /** Position of the earlier step whose output is the source; null: the original image. */
    sourceStep: integer(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("steps_position_key").on(t.sessionId, t.position),
    check("steps_position_check", sql`${t.position} between 1 and 7`),
    check(
      "steps_source_check",
      sql`${t.sourceStep} is null or (${t.sourceStep} >= 1 and ${t.sourceStep} < ${t.position})`,
    ),
  ],
);

export type Step = typeof steps.$inferSelect;
