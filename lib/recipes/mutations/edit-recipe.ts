import "server-only";
import { and, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db";
import { recipes } from "@/db/schema";
import { type AuditAction, recordAudit } from "@/lib/audit";
import { ok, type Refused, type Result, refused } from "@/lib/result";
import { lockByName } from "./store-recipe";

type Target = { userId: string; recipeId: string };

export async function renameRecipe({ userId, recipeId, name }: Target & { name: string }): Promise<Result> {
  return change("recipe.rename", { userId, recipeId }, async (tx) => {
    const holder = await lockByName(tx, { userId, name });
    if (holder && holder.id !== recipeId) return nameTaken(holder.name);
    return tx
      .update(recipes)
      .set({ name })
      .where(and(isTheirs({ userId, recipeId }), isNull(recipes.deletedAt)))
      .returning({ id: recipes.id });
  });
}

/** Sessions made from it keep all they have. Restorable for 30 days. */
export async function deleteRecipe(target: Target): Promise<Result> {
  return change("recipe.delete", target, (tx) =>
    tx
      .update(recipes)
      .set({ deletedAt: sql`now()` })
      .where(and(isTheirs(target), isNull(recipes.deletedAt)))
      .returning({ id: recipes.id }),
  );
}

export async function restoreRecipe(target: Target): Promise<Result> {
  return change("recipe.restore", target, async (tx) => {
    const [deleted] = await tx
      .select({ name: recipes.name })
      .from(recipes)
      .where(and(isTheirs(target), isNotNull(recipes.deletedAt)));
    const holder = deleted && (await lockByName(tx, { userId: target.userId, name: deleted.name }));
    if (holder) return nameTaken(holder.name);
    return tx
      .update(recipes)
      .set({ deletedAt: null })
      .where(and(isTheirs(target), isNotNull(recipes.deletedAt)))
      .returning({ id: recipes.id });
  });
}

/** Ends recipes that were deleted 30 days ago. Answers how many. */
export async function purgeDeletedRecipes({ limit }: { limit: number }): Promise<number> {
  const old = db()
    .select({ id: recipes.id })
    .from(recipes)
    .where(lt(recipes.deletedAt, sql`now() - interval '30 days'`))
    .limit(limit);
  const gone = await db().delete(recipes).where(sql`${recipes.id} in (${old})`).returning({ id: recipes.id });
  return gone.length;
}

async function change(
  action: AuditAction,
  { userId, recipeId }: Target,
  work: (tx: Transaction) => Promise<Refused | { id: string }[]>,
): Promise<Result> {
  return db().transaction(async (tx) => {
    const done = await work(tx);
    if ("ok" in done) return done;
    if (done.length === 0) return recipeGone();
    await recordAudit(tx, { ownerId: userId, action, after: { recipe: recipeId } });
    return ok();
  });
}

function isTheirs({ userId, recipeId }: Target) {
  return and(eq(recipes.id, recipeId), eq(recipes.ownerId, userId));
}

function nameTaken(name: string): Refused {
  return refused("name", `There is a recipe “${name}” already. Nothing was changed. Choose another name.`);
}

/** The answer for a recipe that is not there, is deleted, or belongs to someone else: always the same. */
export function recipeGone(): Refused {
  return refused("not_found", "This recipe is not here any more. It may have been deleted.");
}
