import type { z } from "zod";
import type { recipeContentSchema, recipeFileSchema, recipeSourceSchema } from "./schemas";

export type RecipeContent = z.infer<typeof recipeContentSchema>;
export type RecipeFile = z.infer<typeof recipeFileSchema>;

/** What a session may begin with: a version of somebody's recipe, or one that ships. */
export type RecipeSource = z.infer<typeof recipeSourceSchema>;

/** What is told of a recipe without all of it: the first words of each step's prompt. */
export type RecipeOutline = { prompts: string[] };

/** GET /api/recipes — a row is a recipe at its newest version. Times are ms since 1970. */
export type RecipeRow = RecipeOutline & {
  id: string;
  versionId: string;
  name: string;
  version: number;
  updatedAt: number;
};
export type RecipesAnswer = { recipes: RecipeRow[] };

/** GET /api/recipes/:id — the newest version first. */
export type RecipeDetails = {
  id: string;
  name: string;
  version: number;
  versions: (RecipeOutline & { id: string; version: number; createdAt: number })[];
};

/** What became of a save; `ask`: there is one of this name, and it was not touched. */
export type SavedRecipe = {
  saved: "new" | "version" | "same" | "ask";
  recipeId: string;
  name: string;
  /** The newest there is now. */
  version: number;
};

export type ImportedRecipe = {
  saved: "new" | "same";
  recipeId: string;
  name: string;
  /** What of it is not here, for people. */
  notes: string[];
};

/** A draft made from a recipe, and what had to be replaced in it, for people. */
export type StartedRecipe = { id: string; notes: string[] };
