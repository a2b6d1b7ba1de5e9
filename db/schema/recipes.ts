import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { RecipeContent } from "@/lib/recipes/types";
import { createdAt, id, timestamptz } from "../columns";
import { users } from "./users";

/** Saved prompt, settings and steps under a name. Each save adds a version; none is ever changed. */
export const recipes = pgTable(
  "recipes",
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** Number of the newest version. */
    version: integer().notNull().default(1),
    deletedAt: timestamptz(),
    createdAt: createdAt(),
    updatedAt: timestamptz().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("recipes_name_key").on(t.ownerId, sql`lower(${t.name})`).where(sql`${t.deletedAt} is null`),
  ],
);

export const recipeVersions = pgTable(
  "recipe_versions",
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    recipeId: uuid()
      .notNull()
      .references(() => recipes.id, { onDelete: "cascade" }),
    version: integer().notNull(),
    content: jsonb().$type<RecipeContent>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("recipe_versions_key").on(t.recipeId, t.version),
    index("recipe_versions_owner_idx").on(t.ownerId),
  ],
);

export type Recipe = typeof recipes.$inferSelect;
export type RecipeVersion = typeof recipeVersions.$inferSelect;
