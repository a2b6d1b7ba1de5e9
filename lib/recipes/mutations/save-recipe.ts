import "server-only";
import { db, type Transaction } from "@/db";
import type { Recipe } from "@/db/schema";
import { recordAudit } from "@/lib/audit";
import { ok, type Result } from "@/lib/result";
import { gone } from "@/lib/sessions/words";
import { contentOfSession } from "../queries";
import type { RecipeContent, SavedRecipe } from "../types";
import { addRecipe, addVersion, isNewestContent, lockByName } from "./store-recipe";

/**
 * Keeps what a session asks for under a name. A new name makes a recipe; one that is there gets a version only when
 * `asVersion` says the number that version will have, so that nobody adds to another recipe by chance.
 */
export async function saveRecipe({
  userId,
  sessionId,
  name,
  asVersion,
}: {
  userId: string;
  sessionId: string;
  name: string;
  asVersion?: number;
}): Promise<Result<SavedRecipe>> {
  return db().transaction(async (tx) => {
    const content = await contentOfSession(tx, { userId, sessionId });
    if (!content) return gone();
    const there = await lockByName(tx, { userId, name });
    if (there) return saveOver(tx, there, { content, sessionId, asVersion });
    const made = await addRecipe(tx, { userId, name, content });
    if (!made) return lostRace(tx, { userId, name });
    if ("ok" in made) return made;
    await recordAudit(tx, { ownerId: userId, action: "recipe.save", sessionId, after: factsOf(made) });
    return saved("new", made);
  });
}

async function saveOver(
  tx: Transaction,
  recipe: Recipe,
  { content, sessionId, asVersion }: { content: RecipeContent; sessionId: string; asVersion?: number },
): Promise<Result<SavedRecipe>> {
  if (await isNewestContent(tx, recipe, content)) return saved("same", recipe);
  if (asVersion !== recipe.version + 1) return saved("ask", recipe);
  const refusal = await addVersion(tx, recipe, content);
  if (refusal) return refusal;
  const next = { ...recipe, version: asVersion };
  await recordAudit(tx, {
    ownerId: recipe.ownerId,
    action: "recipe.save",
    sessionId,
    after: factsOf(next),
  });
  return saved("version", next);
}

async function lostRace(
  tx: Transaction,
  { userId, name }: { userId: string; name: string },
): Promise<Result<SavedRecipe>> {
  const winner = await lockByName(tx, { userId, name });
  if (!winner) throw new Error("the recipe was neither made nor found");
  return saved("ask", winner);
}

function saved(what: SavedRecipe["saved"], { id, name, version }: Recipe): Result<SavedRecipe> {
  return ok({ saved: what, recipeId: id, name, version });
}

function factsOf({ id, version }: Recipe) {
  return { recipe: id, version };
}
