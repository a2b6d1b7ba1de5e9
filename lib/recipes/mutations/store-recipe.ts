import "server-only";
import { and, count, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import { type Recipe, recipes, recipeVersions } from "@/db/schema";
import { type Refused, refused } from "@/lib/result";
import { MAX_RECIPE_VERSIONS, MAX_RECIPES } from "../constants";
import type { RecipeContent } from "../types";

type Owned = { userId: string };

/** The recipe of that name, whatever its case, locked; undefined when there is none. */
export async function lockByName(
  tx: Transaction,
  { userId, name }: Owned & { name: string },
): Promise<Recipe | undefined> {
  const [recipe] = await tx
    .select()
    .from(recipes)
    .where(
      and(
        eq(recipes.ownerId, userId),
        sql`lower(${recipes.name}) = lower(${name})`,
        isNull(recipes.deletedAt),
      ),
    )
    .for("update");
  return recipe;
}

/** Makes version 1 of a new recipe. Undefined when somebody took the name just now. */
export async function addRecipe(
  tx: Transaction,
  { userId, name, content }: Owned & { name: string; content: RecipeContent },
): Promise<Recipe | Refused | undefined> {
  const [kept] = await tx
    .select({ count: count() })
    .from(recipes)
    .where(and(eq(recipes.ownerId, userId), isNull(recipes.deletedAt)));
  if ((kept?.count ?? 0) >= MAX_RECIPES) {
    return refused("full", `${MAX_RECIPES} recipes are kept, and no more. Delete one first.`);
  }
  const [recipe] = await tx
    .insert(recipes)
    .values({ ownerId: userId, name })
    .onConflictDoNothing()
    .returning();
  if (recipe) {
    await tx.insert(recipeVersions).values({ ownerId: userId, recipeId: recipe.id, version: 1, content });
  }
  return recipe;
}

/** Adds the next version. The recipe is locked; earlier versions stay as they are. */
export async function addVersion(
  tx: Transaction,
  recipe: Recipe,
  content: RecipeContent,
): Promise<Refused | null> {
  const version = recipe.version + 1;
  if (version > MAX_RECIPE_VERSIONS) {
    return refused(
      "full",
      `A recipe has at most ${MAX_RECIPE_VERSIONS} versions. Save this under another name.`,
    );
  }
  const { ownerId, id: recipeId } = recipe;
  await tx.insert(recipeVersions).values({ ownerId, recipeId, version, content });
  await tx.update(recipes).set({ version, updatedAt: sql`now()` }).where(eq(recipes.id, recipeId));
  return null;
}

/** Whether the newest version holds exactly this. */
export async function isNewestContent(
  tx: Transaction,
  { id, version }: Recipe,
  content: RecipeContent,
): Promise<boolean> {
  const [same] = await tx
    .select({ id: recipeVersions.id })
    .from(recipeVersions)
    .where(
      and(
        eq(recipeVersions.recipeId, id),
        eq(recipeVersions.version, version),
        sql`${recipeVersions.content} = ${JSON.stringify(content)}::jsonb`,
      ),
    );
  return same !== undefined;
}
