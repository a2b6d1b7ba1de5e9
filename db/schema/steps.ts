import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { StepSettings } from "@/lib/steps/types";
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
    /** Null: taken out of the chain; what it made is kept and comes back with it. */
    position: integer(),
    enabled: boolean().notNull().default(true),
    /** Null: the session's prompt. */
    prompt: text(),
    settings: jsonb().$type<StepSettings>(),
    /** Position of the earlier step whose output is the source; null: the original image. */
    sourceStep: integer(),
    /** Earlier steps whose outputs are looked at beside the source, 0 for the original. */
    referenceSteps: integer().array().notNull().default([]),
    /**
     * Whose pictures really go in once disabled steps are passed by: the source's first, then the references';
     * 0 is the original. Worked out by lib/steps/chain.ts whenever the chain is saved.
     */
    fedBy: integer().array().notNull().default([0]),
    createdAt: createdAt(),
  },
  (t) => [
    // One step at each place: a deferrable constraint of migration 0002, so that one statement may swap two.
    index("steps_session_idx").on(t.sessionId, t.position),
    check("steps_position_check", sql`${t.position} between 1 and 7`),
    check(
      "steps_source_check",
      sql`${t.sourceStep} is null or (${t.sourceStep} >= 1 and ${t.sourceStep} < ${t.position})`,
    ),
  ],
);

export type Step = typeof steps.$inferSelect;
