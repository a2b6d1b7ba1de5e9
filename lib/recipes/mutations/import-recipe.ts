import "server-only";
import { db, type Transaction } from "@/db";
import { recordAudit } from "@/lib/audit";
import { ok, type Result } from "@/lib/result";
import { MAX_RECIPE_NAME } from "../constants";
import { withoutIds } from "../file-connections";
import { fitRecipe } from "../fit-recipe";
import { getWorkplace } from "../queries";
import { readRecipeFile } from "../recipe-file";
import type { ImportedRecipe, RecipeFile } from "../types";
import { addRecipe, isNewestContent, lockByName } from "./store-recipe";

/**
 * Adds the recipe of a file. One that is here already, name and content, is said to be; another one of its name stays
 * as it is, and the new one gets a number. What it names and is not here is kept, and said.
 */
export async function importRecipe({
  userId,
  text,
}: {
  userId: string;
  text: string;
}): Promise<Result<ImportedRecipe>> {
  const read = readRecipeFile(text);
  if (!read.ok) return read;
  // Whatever ids a file has, they are of somewhere else.
  const file = { ...read.value, content: withoutIds(read.value.content, new Map()) };
  const { notes } = fitRecipe(file.content, await getWorkplace({ userId }));
  return db().transaction(async (tx) => {
    const there = await lockByName(tx, { userId, name: file.name });
    if (there && (await isNewestContent(tx, there, file.content))) {
      return ok({ saved: "same", recipeId: there.id, name: there.name, notes });
    }
    return addUnderFreeName(tx, userId, file, notes);
  });
}

const MOST_TRIES = 100;

async function addUnderFreeName(
  tx: Transaction,
  userId: string,
  { name, content }: RecipeFile,
  notes: string[],
): Promise<Result<ImportedRecipe>> {
  for (let number = 1; number <= MOST_TRIES; number += 1) {
    const free = numbered(name, number);
    if (await lockByName(tx, { userId, name: free })) continue;
    const made = await addRecipe(tx, { userId, name: free, content });
    if (!made) continue;
    if ("ok" in made) return made;
    await recordAudit(tx, { ownerId: userId, action: "recipe.import", after: { recipe: made.id } });
    return ok({ saved: "new", recipeId: made.id, name: made.name, notes });
  }
  throw new Error("no free name for a recipe");
}

/** "Red", "Red (2)", "Red (3)", never longer than a name may be. */
function numbered(name: string, number: number): string {
  if (number === 1) return name;
  const ending = ` (${number})`;
  return `${name.slice(0, MAX_RECIPE_NAME - ending.length).toWellFormed()}${ending}`;
}
