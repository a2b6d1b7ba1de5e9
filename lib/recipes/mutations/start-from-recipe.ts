import "server-only";
import { ok, type Result } from "@/lib/result";
import { createSession } from "@/lib/sessions/mutations/create-session";
import { bulkDraftOf, serialDraftOf } from "../draft-of";
import { fitRecipe } from "../fit-recipe";
import { findVersion, getWorkplace } from "../queries";
import { READY_MADE } from "../ready-made";
import type { RecipeContent, RecipeSource, StartedRecipe } from "../types";
import { recipeGone } from "./edit-recipe";

/** A draft with a recipe's prompt, settings and steps, over many images or on one. Pressed twice it is one draft. */
export async function startFromRecipe({
  userId,
  intent,
  kind,
  from,
}: {
  userId: string;
  intent: string;
  kind: "bulk" | "serial";
  from: RecipeSource;
}): Promise<Result<StartedRecipe>> {
  const recipe = await findSource(userId, from);
  if (!recipe) return recipeGone();
  const { content, notes } = fitRecipe(recipe.content, await getWorkplace({ userId }));
  const draftOf = kind === "bulk" ? bulkDraftOf : serialDraftOf;
  const { prompt, steps } = draftOf({ prompt: "", steps: content.steps });
  const { id } = await createSession({
    userId,
    intent,
    kind,
    name: recipe.name,
    prompt,
    settings: content.settings,
    steps,
    recipeVersionId: "recipeVersionId" in from ? from.recipeVersionId : null,
  });
  return ok({ id, notes });
}

async function findSource(
  userId: string,
  from: RecipeSource,
): Promise<{ name: string; content: RecipeContent } | null> {
  if ("recipeVersionId" in from) return findVersion({ userId, versionId: from.recipeVersionId });
  return READY_MADE.find(({ id }) => id === from.readyMadeId) ?? null;
}
