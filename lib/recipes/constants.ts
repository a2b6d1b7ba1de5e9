/** First line of a recipe file; its number goes up when old files need a conversion. */
export const RECIPE_FORMAT = "contact-sheet-recipe-1";

/** Recipes a workspace keeps. */
export const MAX_RECIPES = 500;
/** Versions of one of them. */
export const MAX_RECIPE_VERSIONS = 500;
/** Largest recipe file that is read, bytes. */
export const MAX_RECIPE_FILE_BYTES = 256 * 1024;
export const MAX_RECIPE_NAME = 80;

/** Recipes that ship (ready-made.ts). */
export const READY_MADE_IDS = ["red-mattress", "studio-square"] as const;
/** Ending of a recipe file. */
export const RECIPE_FILE_ENDING = ".recipe.json";
